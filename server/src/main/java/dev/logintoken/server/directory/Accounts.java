package dev.logintoken.server.directory;

import java.util.Optional;
import java.util.UUID;

/** Names that somebody logs in with, all of partners or all of users. */
public interface Accounts {

    /**
     * A name that somebody logs in with.
     *
     * @param uuid who it is
     * @param passwordHash of the password; empty if there is none
     */
    record Account(UUID uuid, Optional<String> passwordHash) {}

    /** Returns what the names belong to. */
    String kind();

    /** Returns the account of a name, unless its owner may not log in. */
    Optional<Account> find(String name);

    /** Replaces the hash of a password, unless it is no longer the one given. */
    void replaceHash(UUID owner, String old, String next);
}

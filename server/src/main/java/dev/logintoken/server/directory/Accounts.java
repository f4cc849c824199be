package dev.logintoken.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** The accounts of all partners, or of all users, by the names that they log in with. */
public interface Accounts {

    /**
     * An account to log in to.
     *
     * @param uuid id of the partner or user
     * @param passwordHash hash of the password; empty if there is none
     */
    record Account(UUID uuid, Optional<String> passwordHash) {

        static Account of(ResultSet row) throws SQLException {
            return new Account(row.getObject("uuid", UUID.class), Optional.ofNullable(row.getString("password_hash")));
        }
    }

    /** Returns the kind of account: partner or user. */
    String kind();

    /** Returns the account with this name, unless its owner may not log in. */
    Optional<Account> find(String name);

    /** Replaces the hash of a password, if it is still the old one. */
    void replaceHash(UUID owner, String old, String next);
}

package dev.logintoken.server.directory;

import dev.logintoken.server.database.Database;

import java.util.Optional;
import java.util.UUID;

/** Looks up what the website's pages show of users and partners. */
public final class Profiles {

    private final Database database;

    /**
     * Creates profiles in a database.
     *
     * @param database stores the profiles, migrated already
     */
    public Profiles(Database database) {
        this.database = database;
    }

    /** Returns a user's email address, or the id if there is none; empty if there is no such user. */
    public Optional<String> name(UUID user) {
        return text(
                "select coalesce(email, cast(uuid as varchar)) from account where uuid = ? and deleted_at is null",
                user);
    }

    /** Returns the name of an enabled partner. */
    public Optional<String> partner(UUID partner) {
        return text("select username from partner where uuid = ? and disabled_at is null", partner);
    }

    private Optional<String> text(String sql, UUID uuid) {
        return database.query(
                handle -> handle.select(sql, uuid).mapTo(String.class).findOne());
    }
}

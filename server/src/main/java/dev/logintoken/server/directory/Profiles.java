package dev.logintoken.server.directory;

import dev.logintoken.server.database.Database;

import java.util.Optional;
import java.util.UUID;

/** What the website's pages show of users and partners. */
public final class Profiles {

    private final Database database;

    /**
     * Profiles in a database.
     *
     * @param database where they are kept, migrated already
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

    /** The name of an enabled partner. */
    public Optional<String> partner(UUID partner) {
        return text("select username from partner where uuid = ? and disabled_at is null", partner);
    }

    private Optional<String> text(String sql, UUID uuid) {
        return database.query(
                handle -> handle.select(sql, uuid).mapTo(String.class).findOne());
    }
}

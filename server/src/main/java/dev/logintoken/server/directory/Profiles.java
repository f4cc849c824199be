package dev.logintoken.server.directory;

import java.util.Optional;
import java.util.UUID;

/** What the website's pages show of users and partners, and the link between the two that a user consents to. */
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

    /**
     * Links what a partner registered to a user; what is linked already stays.
     *
     * @param registration id of what was registered
     * @return whether it is linked to this user now
     */
    public boolean link(UUID registration, UUID partner, UUID user) {
        Optional<String> identifier = text("select identifier from identifier where uuid = ?", registration);
        try {
            return linked(registration, partner, user);
        } finally {
            identifier.map(Subject::identifier).ifPresent(database.facts()::forget);
        }
    }

    private boolean linked(UUID registration, UUID partner, UUID user) {
        return database.transaction(handle -> {
            if (handle.execute("""
                    update identifier set account = ?
                    where uuid = ? and partner = ? and account is null
                      and exists (select 1 from account a where a.uuid = ? and a.deleted_at is null)""", user, registration, partner, user) == 1) {
                Audit.Entry.done(user.toString(), "link", Optional.of(partner), Optional.of(user))
                        .write(handle);
            }
            return handle.select(
                            "select 1 from identifier where uuid = ? and partner = ? and account = ?",
                            registration,
                            partner,
                            user)
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
        });
    }

    private Optional<String> text(String sql, UUID uuid) {
        return database.query(
                handle -> handle.select(sql, uuid).mapTo(String.class).findOne());
    }
}

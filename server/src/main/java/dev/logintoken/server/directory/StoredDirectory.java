package dev.logintoken.server.directory;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.cache.RowKey;
import dev.logintoken.server.database.Database;
import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The directory in the database. Its methods throw {@code UnavailableException} while the database does not answer. */
public final class StoredDirectory implements Directory {

    private final Database database;
    private final RowCache cache;

    /**
     * Creates a directory in a database.
     *
     * @param database a migrated database
     * @param cache the cache to invalidate after each registration
     */
    public StoredDirectory(Database database, RowCache cache) {
        this.database = database;
        this.cache = cache;
    }

    @Override
    public Directory uncached() {
        return this;
    }

    @Override
    public Optional<Partner> partner(UUID uuid) {
        return database.query(
                handle -> handle.createQuery("select uuid, role, stamp, disabled_at from partner where uuid = :uuid")
                        .bind("uuid", uuid)
                        .map((row, context) -> partner(row))
                        .findOne());
    }

    @Override
    public Optional<Partner> partnerByApiKey(byte[] sha256) {
        return database.query(handle -> handle.createQuery("""
                        select p.uuid, p.role, p.stamp, p.disabled_at
                        from api_key k join partner p on p.uuid = k.partner
                        where k.sha256 = :sha256 and k.revoked_at is null""")
                .bind("sha256", sha256)
                .map((row, context) -> partner(row))
                .findOne());
    }

    @Override
    public Optional<Registration> registration(UUID partner, String identifier) {
        return registered(identifier).flatMap(registered -> registered.of(partner));
    }

    /** A registration and its partner. An identifier has one registration. */
    record Registered(UUID partner, Registration registration) {

        /** Returns the registration if it belongs to the asking partner. */
        Optional<Registration> of(UUID asking) {
            return partner.equals(asking) ? Optional.of(registration) : Optional.empty();
        }
    }

    Optional<Registered> registered(String identifier) {
        return database.findByText(
                identifier,
                handle -> handle.createQuery("select partner, uuid, account from identifier where identifier = ?")
                        .bind(0, identifier)
                        .map((row, context) -> new Registered(row.getObject("partner", UUID.class), registration(row)))
                        .findOne());
    }

    @Override
    public Optional<User> user(UUID uuid) {
        return known(uuid).flatMap(Known::user);
    }

    /**
     * The row of a user.
     *
     * @param user empty if the user was deleted
     */
    record Known(Optional<User> user) {}

    Optional<Known> known(UUID uuid) {
        return database.query(handle -> handle.createQuery("""
                        select a.uuid, a.stamp, a.deleted_at, exists (
                            select 1 from document d where d.account = a.uuid and d.reviewed_at is null) as pending
                        from account a where a.uuid = :uuid""")
                .bind("uuid", uuid)
                .map((row, context) -> new Known(
                        row.getObject("deleted_at") != null
                                ? Optional.empty()
                                : Optional.of(new User(
                                        row.getObject("uuid", UUID.class),
                                        row.getBytes("stamp"),
                                        row.getBoolean("pending")))))
                .findOne());
    }

    /** Returns the enabled partners' accounts, by username. */
    public Accounts partnerAccounts() {
        return new TableOfAccounts(database, "partner", "username", "disabled_at");
    }

    /** Returns the accounts of users who were not deleted, by email address in lower case. */
    public Accounts userAccounts() {
        return new TableOfAccounts(database, "account", "email", "deleted_at");
    }

    /** Returns the origins ({@code https://app.example.com}) to which a partner's users may be sent back. */
    public List<String> origins(UUID partner) {
        return database.query(handle -> handle.select("select origin from partner_origin where partner = ?", partner)
                .mapTo(String.class)
                .list());
    }

    /**
     * Registers an identifier for a partner, and links it if a user is given. An existing registration stays. An
     * existing link never changes to another user.
     *
     * @return the current registration; empty if the identifier belongs to another partner or user
     */
    public Optional<Registration> register(UUID partner, String identifier, Optional<UUID> user) {
        try {
            return database.transactionOrAgain(
                    handle -> register(handle, partner.toString(), partner, identifier, user));
        } finally {
            cache.invalidate(RowKey.identifier(identifier));
        }
    }

    /** Registers an identifier within a transaction. */
    public static Optional<Registration> register(
            Handle handle, String actor, UUID partner, String identifier, Optional<UUID> user) {
        handle.createUpdate("""
                        insert into identifier (identifier, uuid, partner, account)
                        select cast(:identifier as varchar), cast(:uuid as uuid), cast(:partner as uuid), null
                        where not exists (select 1 from identifier where identifier = :identifier)""")
                .bind("identifier", identifier)
                .bind("uuid", UUID.randomUUID())
                .bind("partner", partner)
                .execute();
        user.ifPresent(linked -> {
            if (handle.execute(
                            "update identifier set account = ? where identifier = ? and partner = ? and account is null",
                            linked,
                            identifier,
                            partner)
                    == 1) {
                Audit.Event.done(actor, "link", Optional.of(partner), user).write(handle);
            }
        });
        return handle.select(
                        "select uuid, account from identifier where identifier = ? and partner = ?",
                        identifier,
                        partner)
                .map((row, context) -> registration(row))
                .findOne()
                .filter(registration -> user.isEmpty() || registration.user().equals(user));
    }

    public static Registration registration(ResultSet row) throws SQLException {
        return new Registration(
                row.getObject("uuid", UUID.class), Optional.ofNullable(row.getObject("account", UUID.class)));
    }

    private static Partner partner(ResultSet row) throws SQLException {
        return new Partner(
                row.getObject("uuid", UUID.class),
                Partner.Role.valueOf(row.getString("role")),
                row.getBytes("stamp"),
                row.getTimestamp("disabled_at") == null);
    }
}

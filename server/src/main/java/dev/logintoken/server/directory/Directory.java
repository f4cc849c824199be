package dev.logintoken.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Looks up who may call, and whom they call for. Throws {@code UnavailableException} while the database is away. */
public class Directory {

    private final Database database;

    /** @param database where the directory is kept, migrated already */
    public Directory(Database database) {
        this.database = database;
    }

    /** The partner with this id, disabled or not. */
    public Optional<Partner> partner(UUID uuid) {
        return database.query(
                handle -> handle.createQuery("select uuid, role, stamp, disabled_at from partner where uuid = :uuid")
                        .bind("uuid", uuid)
                        .map((row, context) -> partner(row))
                        .findOne());
    }

    /**
     * The partner that an API key was issued to, unless the key was revoked.
     *
     * @param sha256 the SHA-256 of the key; keys themselves are nowhere kept
     */
    public Optional<Partner> partnerByApiKey(byte[] sha256) {
        return database.query(handle -> handle.createQuery("""
                        select p.uuid, p.role, p.stamp, p.disabled_at
                        from api_key k join partner p on p.uuid = k.partner
                        where k.sha256 = :sha256 and k.revoked_at is null""")
                .bind("sha256", sha256)
                .map((row, context) -> partner(row))
                .findOne());
    }

    /** Whether a session of this partner, and of this user if one is given, was started and not revoked. */
    public boolean sessionLives(UUID sid, UUID partner, Optional<UUID> user) {
        return database.query(handle -> handle.createQuery("""
                        select 1 from session
                        where sid = :sid and partner = :partner and revoked_at is null
                          and (account = :account or (account is null and :partnersOwn))""")
                .bind("sid", sid)
                .bind("partner", partner)
                .bindByType("account", user.orElse(null), UUID.class)
                .bind("partnersOwn", user.isEmpty())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** What this partner registered under an identifier, if anything; what others registered does not show. */
    public Optional<Registration> registration(UUID partner, String identifier) {
        return database.query(handle -> handle.createQuery(
                        "select account from identifier where identifier = :identifier and partner = :partner")
                .bind("identifier", identifier)
                .bind("partner", partner)
                .map((row, context) -> new Registration(Optional.ofNullable(row.getObject("account", UUID.class))))
                .findOne());
    }

    /** The user with this id, unless deleted. */
    public Optional<User> user(UUID uuid) {
        return database.query(handle -> handle.createQuery("""
                        select a.uuid, a.stamp, exists (
                            select 1 from document d where d.account = a.uuid and d.reviewed_at is null) as pending
                        from account a where a.uuid = :uuid and a.deleted_at is null""")
                .bind("uuid", uuid)
                .map((row, context) ->
                        new User(row.getObject("uuid", UUID.class), row.getBytes("stamp"), row.getBoolean("pending")))
                .findOne());
    }

    private static Partner partner(ResultSet row) throws SQLException {
        return new Partner(
                row.getObject("uuid", UUID.class),
                Partner.Role.valueOf(row.getString("role")),
                row.getBytes("stamp"),
                row.getTimestamp("disabled_at") == null);
    }
}

package dev.logintoken.server.directory;

import dev.logintoken.server.database.Database;
import dev.logintoken.server.secret.Stamp;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.database.Database.utc;

/**
 * Stores partners, their origins and the hashes of their API keys. As {@link Accounts} it has the enabled partners, by
 * username. The static methods are parts of a caller's transaction.
 */
public final class Partners implements Accounts {

    private static final String BY_KEY_ID = " where substring(sha256 from 1 for 8) = ?";

    private final Database database;

    Partners(Database database) {
        this.database = database;
    }

    Optional<Partner> byId(UUID uuid) {
        return database.query(
                handle -> handle.select("select uuid, role, stamp, disabled_at from partner where uuid = ?", uuid)
                        .map((row, context) -> partner(row))
                        .findOne());
    }

    Optional<Partner> byApiKey(byte[] sha256) {
        return database.query(handle ->
                handle.select("""
                        select p.uuid, p.role, p.stamp, p.disabled_at
                        from api_key k join partner p on p.uuid = k.partner
                        where k.sha256 = ? and k.revoked_at is null""", sha256).map((row, context) -> partner(row)).findOne());
    }

    @Override
    public String kind() {
        return "partner";
    }

    @Override
    public Optional<Account> find(String username) {
        return database.findByText(
                username,
                handle -> handle.select(
                                "select uuid, password_hash from partner where username = ? and disabled_at is null",
                                username)
                        .map((row, context) -> Account.of(row))
                        .findOne());
    }

    @Override
    public void replaceHash(UUID partner, String old, String next) {
        database.query(handle -> handle.execute(
                "update partner set password_hash = ? where uuid = ? and password_hash = ?", next, partner, old));
    }

    /** Returns the name of an enabled partner. */
    public Optional<String> name(UUID partner) {
        return database.query(
                handle -> handle.select("select username from partner where uuid = ? and disabled_at is null", partner)
                        .mapTo(String.class)
                        .findOne());
    }

    /** Returns the origins ({@code https://app.example.com}) to which a partner's users may be sent back. */
    public List<String> origins(UUID partner) {
        return database.query(handle -> origins(handle, partner));
    }

    /** Returns a partner's origins, in alphabetical order. */
    public static List<String> origins(Handle handle, UUID partner) {
        return handle.select("select origin from partner_origin where partner = ? order by origin", partner)
                .mapTo(String.class)
                .list();
    }

    /**
     * Inserts a partner, unless the id or the name is taken.
     *
     * @param passwordHash empty if the partner logs in by API keys only
     */
    public static boolean insert(
            Handle handle, UUID uuid, String username, Partner.Role role, Optional<String> passwordHash) {
        return handle.createUpdate("""
                        insert into partner (uuid, username, password_hash, role, stamp)
                        select cast(:uuid as uuid), cast(:username as varchar), cast(:hash as varchar),
                            cast(:role as varchar), cast(:stamp as bytea)
                        where not exists (select 1 from partner where uuid = :uuid or username = :username)""")
                        .bind("uuid", uuid)
                        .bind("username", username)
                        .bind("hash", passwordHash.orElse(null))
                        .bind("role", role.name())
                        .bind("stamp", Stamp.random())
                        .execute()
                == 1;
    }

    /** Inserts an origin of a partner. */
    public static void insertOrigin(Handle handle, UUID partner, String origin) {
        handle.execute("insert into partner_origin (partner, origin) values (?, ?)", partner, origin);
    }

    /** Disables a partner and revokes its login tokens. */
    public static void disable(Handle handle, UUID partner, Instant now) {
        handle.execute(
                "update partner set disabled_at = coalesce(disabled_at, ?), stamp = ? where uuid = ?",
                utc(now),
                Stamp.random(),
                partner);
    }

    /** Enables a partner; returns whether it exists. */
    public static boolean enable(Handle handle, UUID partner) {
        return handle.execute("update partner set disabled_at = null where uuid = ?", partner) == 1;
    }

    /** Revokes the login tokens that a partner has requested. */
    public static void replaceStamp(Handle handle, UUID partner) {
        handle.execute("update partner set stamp = ? where uuid = ?", Stamp.random(), partner);
    }

    /** Revokes the login tokens that all partners have requested. */
    public static void replaceStamps(Handle handle) {
        List<UUID> partners =
                handle.select("select uuid from partner").mapTo(UUID.class).list();
        if (!partners.isEmpty()) {
            PreparedBatch stamps = handle.prepareBatch("update partner set stamp = ? where uuid = ?");
            partners.forEach(partner -> stamps.add(Stamp.random(), partner));
            stamps.execute();
        }
    }

    /** Deletes a partner with all that belongs to it. */
    public static void delete(Handle handle, UUID partner) {
        handle.execute("delete from partner where uuid = ?", partner);
    }

    /** Inserts the hash of an API key, unless it is there. */
    public static boolean insertApiKey(Handle handle, byte[] sha256, UUID partner) {
        return handle.execute("""
                        insert into api_key (sha256, partner) select cast(? as bytea), cast(? as uuid)
                        where not exists (select 1 from api_key where sha256 = ?)""", sha256, partner, sha256) == 1;
    }

    /** Returns the partner of an API key, revoked or not, by the first eight bytes of the key's hash. */
    public static Optional<UUID> ofApiKey(Handle handle, byte[] id) {
        return handle.select("select partner from api_key" + BY_KEY_ID, id)
                .mapTo(UUID.class)
                .findFirst();
    }

    /** Revokes an API key, by the first eight bytes of its hash; returns whether it exists. */
    public static boolean revokeApiKey(Handle handle, byte[] id, Instant now) {
        return handle.execute("update api_key set revoked_at = coalesce(revoked_at, ?)" + BY_KEY_ID, utc(now), id) > 0;
    }

    /** Deletes an API key, by its whole hash. */
    public static void deleteApiKey(Handle handle, byte[] sha256) {
        handle.execute("delete from api_key where sha256 = ?", sha256);
    }

    private static Partner partner(ResultSet row) throws SQLException {
        return new Partner(
                row.getObject("uuid", UUID.class),
                Partner.Role.valueOf(row.getString("role")),
                row.getBytes("stamp"),
                row.getTimestamp("disabled_at") == null);
    }
}

package dev.logintoken.server.administration;

import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Audit;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.secret.Stamp;
import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.database.Database.utc;

/** Creates, changes and lists partners and their API keys. */
public final class PartnerAdministration {

    private final Database database;
    private final Clock clock;
    private final Administration administration;

    PartnerAdministration(Database database, Clock clock, Administration administration) {
        this.database = database;
        this.clock = clock;
        this.administration = administration;
    }

    /**
     * A partner, as an operator sees it.
     *
     * @param uuid its id
     * @param username the name it logs in with
     * @param role its role
     * @param disabledAt when it was disabled; empty if it is enabled
     * @param origins the origins to which its users may be sent back
     */
    public record Details(
            UUID uuid, String username, Partner.Role role, Optional<Instant> disabledAt, List<String> origins) {}

    /**
     * An API key, as an operator sees it.
     *
     * @param id the first eight bytes of its SHA-256 in hexadecimal
     * @param partner name of the partner that the key was issued to
     * @param revokedAt when it was revoked; empty if it is valid
     */
    public record ApiKey(String id, String partner, Optional<Instant> revokedAt) {}

    /** Returns all partners, by name. */
    public List<Details> list() {
        return database.query(handle -> handle.select(
                        "select uuid, username, role, disabled_at from partner order by username")
                .map((row, context) -> new Details(
                        row.getObject("uuid", UUID.class),
                        row.getString("username"),
                        Partner.Role.valueOf(row.getString("role")),
                        moment(row, "disabled_at"),
                        origins(handle, row.getObject("uuid", UUID.class))))
                .list());
    }

    /** Returns the partner with this name or uuid. */
    public Optional<Details> find(String name) {
        return list().stream()
                .filter(partner -> partner.username().equals(name)
                        || partner.uuid().toString().equalsIgnoreCase(name))
                .findFirst();
    }

    /**
     * Creates a partner.
     *
     * @param passwordHash empty if the partner logs in by API keys only
     * @param origins such as {@code https://app.example.com}
     * @return its id; empty if the name is taken
     */
    public Optional<UUID> create(
            String username, Partner.Role role, Optional<String> passwordHash, List<String> origins) {
        UUID uuid = UUID.randomUUID();
        boolean created = administration.change("partner create", Optional.of(uuid), Optional.empty(), handle -> {
            int rows = handle.createUpdate("""
                            insert into partner (uuid, username, password_hash, role, stamp)
                            select cast(:uuid as uuid), cast(:username as varchar), cast(:hash as varchar),
                                cast(:role as varchar), cast(:stamp as bytea)
                            where not exists (select 1 from partner where username = :username)""")
                    .bind("uuid", uuid)
                    .bind("username", username)
                    .bind("hash", passwordHash.orElse(null))
                    .bind("role", role.name())
                    .bind("stamp", Stamp.random())
                    .execute();
            if (rows == 1) {
                origins.stream()
                        .distinct()
                        .forEach(origin -> handle.execute(
                                "insert into partner_origin (partner, origin) values (?, ?)", uuid, origin));
            }
            return rows == 1;
        });
        return created ? Optional.of(uuid) : Optional.empty();
    }

    /**
     * Disables a partner. Its login tokens end for good. Its sessions end, and its users' sessions. Its API keys are
     * valid again once it is enabled.
     */
    public void disable(UUID partner) {
        administration.change("partner disable", Optional.of(partner), Optional.empty(), handle -> {
            handle.execute(
                    "update partner set disabled_at = coalesce(disabled_at, ?), stamp = ? where uuid = ?",
                    utc(clock.instant()),
                    Stamp.random(),
                    partner);
            administration.endSessions(handle, "partner", partner);
            return true;
        });
    }

    /** Enables a partner again. */
    public void enable(UUID partner) {
        administration.change(
                "partner enable",
                Optional.of(partner),
                Optional.empty(),
                handle -> handle.execute("update partner set disabled_at = null where uuid = ?", partner) == 1);
    }

    /**
     * Revokes the login tokens that a partner has requested until now.
     *
     * @param sessions whether to end the partner's sessions and those of its users, too
     */
    public void revoke(UUID partner, boolean sessions) {
        administration.change("revoke partner", Optional.of(partner), Optional.empty(), handle -> {
            handle.execute("update partner set stamp = ? where uuid = ?", Stamp.random(), partner);
            if (sessions) {
                administration.endSessions(handle, "partner", partner);
            }
            return true;
        });
    }

    /** Returns the API keys of a partner, or of all partners. */
    public List<ApiKey> apiKeys(Optional<UUID> partner) {
        return database.query(handle -> handle.createQuery("""
                        select k.sha256, k.revoked_at, p.username from api_key k join partner p on p.uuid = k.partner
                        where cast(:partner as uuid) is null or p.uuid = cast(:partner as uuid)
                        order by p.username, k.revoked_at, k.sha256""")
                .bindByType("partner", partner.orElse(null), UUID.class)
                .map((row, context) -> new ApiKey(
                        HexFormat.of().formatHex(Audit.head(row.getBytes("sha256"))),
                        row.getString("username"),
                        moment(row, "revoked_at")))
                .list());
    }

    /**
     * Stores the hash of an API key. The key is valid from now on.
     *
     * @param sha256 SHA-256 of the key; the key itself is not stored
     * @return the key's id
     */
    public String issueApiKey(UUID partner, byte[] sha256) {
        administration.change(
                entry("api-key issue", partner, sha256),
                handle -> handle.execute("insert into api_key (sha256, partner) values (?, ?)", sha256, partner) == 1);
        return HexFormat.of().formatHex(Audit.head(sha256));
    }

    /**
     * Revokes an API key.
     *
     * @param id the id, as in {@link ApiKey}
     * @return whether there is one
     */
    public boolean revokeApiKey(String id) {
        byte[] head = HexFormat.of().parseHex(id);
        String where = " where substring(sha256 from 1 for 8) = ?";
        Optional<UUID> partner = database.query(handle -> handle.select("select partner from api_key" + where, head)
                .mapTo(UUID.class)
                .findFirst());
        return partner.isPresent()
                && administration.change(
                        entry("api-key revoke", partner.get(), head),
                        handle -> handle.execute(
                                        "update api_key set revoked_at = coalesce(revoked_at, ?)" + where,
                                        utc(clock.instant()),
                                        head)
                                > 0);
    }

    private Audit.Event entry(String action, UUID partner, byte[] sha256) {
        return new Audit.Event(
                administration.operator(),
                action,
                Audit.OK,
                Optional.of(partner),
                Optional.empty(),
                Optional.of(sha256));
    }

    private static List<String> origins(Handle handle, UUID partner) {
        return handle.select("select origin from partner_origin where partner = ? order by origin", partner)
                .mapTo(String.class)
                .list();
    }

    static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}

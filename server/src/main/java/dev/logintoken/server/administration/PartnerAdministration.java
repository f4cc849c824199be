package dev.logintoken.server.administration;

import dev.logintoken.server.audit.Audit;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.Partners;
import dev.logintoken.server.directory.Sessions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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
                        Partners.origins(handle, row.getObject("uuid", UUID.class))))
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
            if (!Partners.insert(handle, uuid, username, role, passwordHash)) {
                return false;
            }
            origins.stream().distinct().forEach(origin -> Partners.insertOrigin(handle, uuid, origin));
            return true;
        });
        return created ? Optional.of(uuid) : Optional.empty();
    }

    /**
     * Disables a partner. Its login tokens end for good. Its sessions end, and its users' sessions. Its API keys are
     * valid again once it is enabled.
     */
    public void disable(UUID partner) {
        administration.change("partner disable", Optional.of(partner), Optional.empty(), handle -> {
            Partners.disable(handle, partner, clock.instant());
            Sessions.revokeOfPartner(handle, partner, clock.instant());
            return true;
        });
    }

    /** Enables a partner again. */
    public void enable(UUID partner) {
        administration.change(
                "partner enable", Optional.of(partner), Optional.empty(), handle -> Partners.enable(handle, partner));
    }

    /**
     * Revokes the login tokens that a partner has requested until now.
     *
     * @param sessions whether to end the partner's sessions and those of its users, too
     */
    public void revoke(UUID partner, boolean sessions) {
        administration.change("revoke partner", Optional.of(partner), Optional.empty(), handle -> {
            Partners.replaceStamp(handle, partner);
            if (sessions) {
                Sessions.revokeOfPartner(handle, partner, clock.instant());
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
                entry("api-key issue", partner, sha256), handle -> Partners.insertApiKey(handle, sha256, partner));
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
        Optional<UUID> owner = database.query(handle -> Partners.ofApiKey(handle, head));
        owner.ifPresent(partner -> administration.change(
                entry("api-key revoke", partner, head),
                handle -> Partners.revokeApiKey(handle, head, clock.instant())));
        return owner.isPresent();
    }

    private Audit.Event entry(String action, UUID partner, byte[] sha256) {
        return new Audit.Event(
                administration.operator(),
                action,
                Audit.OK,
                Optional.of(partner),
                Optional.empty(),
                Optional.of(sha256),
                Optional.empty());
    }

    static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}

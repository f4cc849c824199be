package dev.logintoken.server.identifier;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.cache.RowKey;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Audit;
import dev.logintoken.server.directory.Registration;
import dev.logintoken.server.directory.StoredDirectory;
import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.database.Database.utc;

/** Stores users' consents to a link, and the links that partners confirmed. */
public final class LinkConsents {

    /** How long an expired consent is kept, so that the partner gets the error for an expired one. */
    private static final Duration EXPIRED_RETENTION = Duration.ofHours(1);

    private final Database database;
    private final RowCache cache;

    /**
     * Creates consents in a database.
     *
     * @param database a migrated database
     * @param cache the cache to invalidate after each link
     */
    public LinkConsents(Database database, RowCache cache) {
        this.database = database;
        this.cache = cache;
    }

    /** The results of giving a consent. */
    public enum State {
        /** The consent waits for the partner's confirmation. */
        AGREED,
        /** The identifier is already linked to this user. */
        LINKED,
        /** The identifier is linked to another user, or one of the two no longer exists. */
        TAKEN
    }

    /**
     * Stores a user's consent. It replaces any earlier consent for the same registration.
     *
     * @param registration id of the registration to link
     * @param verifier SHA-256 of the verifier that the partner has to present
     * @param expiry when the consent expires
     */
    public State agree(UUID registration, UUID partner, UUID user, byte[] verifier, Instant expiry) {
        return database.transactionOrAgain(handle -> {
            if (replace(handle, registration, partner, user, verifier, expiry)) {
                Audit.Event.done(user.toString(), "consent", Optional.of(partner), Optional.of(user))
                        .write(handle);
                return State.AGREED;
            }
            return handle.select(
                            "select 1 from identifier where uuid = ? and partner = ? and account = ?",
                            registration,
                            partner,
                            user)
                    .mapTo(Integer.class)
                    .findOne()
                    .map(linked -> State.LINKED)
                    .orElse(State.TAKEN);
        });
    }

    private static boolean replace(
            Handle handle, UUID registration, UUID partner, UUID user, byte[] verifier, Instant expiry) {
        handle.execute("delete from link_consent where registration = ?", registration);
        return handle.createUpdate("""
                        insert into link_consent (registration, account, verifier_sha256, expires_at)
                        select i.uuid, a.uuid, cast(:verifier as bytea), cast(:expiry as timestamp with time zone)
                        from identifier i, account a
                        where i.uuid = :registration and i.partner = :partner and i.account is null
                          and a.uuid = :user and a.deleted_at is null""")
                        .bind("verifier", verifier)
                        .bind("expiry", utc(expiry))
                        .bind("registration", registration)
                        .bind("partner", partner)
                        .bind("user", user)
                        .execute()
                == 1;
    }

    /** The results of a confirmation. */
    public enum Result {
        /** This confirmation linked the identifier. */
        LINKED,
        /** The partner has not registered this identifier. */
        UNREGISTERED,
        /** No consent waits for this verifier. */
        INVALID,
        /** The consent was given too long ago. */
        EXPIRED
    }

    /**
     * Links an identifier to the user whose consent the verifier proves. One statement decides, so only one of many
     * confirmations succeeds. The same transaction deletes the consent.
     *
     * @param partner the partner that confirms
     * @param verifier SHA-256 of the verifier that the partner presents
     */
    public Result confirm(UUID partner, String identifier, byte[] verifier, Instant now) {
        try {
            return database.transaction(handle -> {
                if (!link(handle, partner, identifier, verifier, now)) {
                    return reason(handle, partner, identifier, verifier, now);
                }
                Registration linked = registration(handle, partner, identifier).orElseThrow();
                handle.execute("delete from link_consent where registration = ?", linked.uuid());
                Audit.Event.done(partner.toString(), "link", Optional.of(partner), linked.user())
                        .write(handle);
                return Result.LINKED;
            });
        } finally {
            cache.invalidate(RowKey.identifier(identifier));
        }
    }

    private static boolean link(Handle handle, UUID partner, String identifier, byte[] verifier, Instant now) {
        return handle.createUpdate("""
                        update identifier i set account = (
                            select c.account from link_consent c
                            where c.registration = i.uuid and c.verifier_sha256 = :verifier)
                        where i.identifier = :identifier and i.partner = :partner and i.account is null
                          and exists (
                            select 1 from link_consent c join account a on a.uuid = c.account
                            where c.registration = i.uuid and c.verifier_sha256 = :verifier and c.expires_at > :now
                              and a.deleted_at is null)""")
                        .bind("verifier", verifier)
                        .bind("identifier", identifier)
                        .bind("partner", partner)
                        .bind("now", utc(now))
                        .execute()
                == 1;
    }

    private static Result reason(Handle handle, UUID partner, String identifier, byte[] verifier, Instant now) {
        return registration(handle, partner, identifier)
                .map(registration -> handle.select(
                                "select expires_at from link_consent where registration = ? and verifier_sha256 = ?",
                                registration.uuid(),
                                verifier)
                        .mapTo(OffsetDateTime.class)
                        .findOne()
                        .filter(expiry -> !expiry.toInstant().isAfter(now))
                        .map(expired -> Result.EXPIRED)
                        .orElse(Result.INVALID))
                .orElse(Result.UNREGISTERED);
    }

    private static Optional<Registration> registration(Handle handle, UUID partner, String identifier) {
        return handle.select(
                        "select uuid, account from identifier where identifier = ? and partner = ?",
                        identifier,
                        partner)
                .map((row, context) -> StoredDirectory.registration(row))
                .findOne();
    }

    /** Deletes consents that expired an hour ago. */
    public void purge(Instant now) {
        database.purge("link_consent", "registration", "expires_at", now.minus(EXPIRED_RETENTION));
    }
}

package dev.logintoken.server.identifier;

import dev.logintoken.server.audit.Audit;
import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.cache.RowKey;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Identifiers;
import dev.logintoken.server.directory.Registration;
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
     * @param request the request id, for the audit
     */
    public State agree(UUID registration, UUID partner, UUID user, byte[] verifier, Instant expiry, String request) {
        return database.transactionOrAgain(handle -> {
            if (replace(handle, registration, partner, user, verifier, expiry)) {
                Audit.Event.done(
                                user.toString(),
                                "consent",
                                Optional.of(partner),
                                Optional.of(user),
                                Optional.of(request))
                        .write(handle);
                return State.AGREED;
            }
            return Identifiers.isLinked(handle, registration, partner, user) ? State.LINKED : State.TAKEN;
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
     * Links an identifier to the user whose consent the verifier proves. The same transaction deletes the consent, so
     * only one of many confirmations succeeds.
     *
     * @param partner the partner that confirms
     * @param verifier SHA-256 of the verifier that the partner presents
     * @param request the request id, for the audit
     */
    public Result confirm(UUID partner, String identifier, byte[] verifier, Instant now, String request) {
        try {
            return database.transaction(handle -> {
                if (!Identifiers.linkByConsent(handle, identifier, partner, verifier, now)) {
                    return reason(handle, partner, identifier, verifier, now);
                }
                Registration linked = registration(handle, partner, identifier).orElseThrow();
                handle.execute("delete from link_consent where registration = ?", linked.uuid());
                Audit.Event.done(partner.toString(), "link", Optional.of(partner), linked.user(), Optional.of(request))
                        .write(handle);
                return Result.LINKED;
            });
        } finally {
            cache.invalidate(RowKey.identifier(identifier));
        }
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
        return Identifiers.find(handle, identifier).flatMap(registered -> registered.of(partner));
    }

    /** Deletes consents that expired an hour ago. */
    public void purge(Instant now) {
        database.purge("link_consent", "registration", "expires_at", now.minus(EXPIRED_RETENTION));
    }
}

package dev.logintoken.server.auth;

import dev.logintoken.api.model.RefreshTokenErrorCode;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.Session;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.outcome.Outcome;
import dev.logintoken.server.secret.Sha256;
import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.api.model.RefreshTokenErrorCode.REFRESH_TOKEN_EXPIRED;
import static dev.logintoken.api.model.RefreshTokenErrorCode.REFRESH_TOKEN_INVALID;
import static dev.logintoken.api.model.RefreshTokenErrorCode.REFRESH_TOKEN_MISSING;
import static dev.logintoken.api.model.RefreshTokenErrorCode.REFRESH_TOKEN_USED;

/** Issues the tokens of a session, and exchanges a refresh token for the next pair. */
public final class SessionTokens {

    /** How long a partner's session can be refreshed. */
    public static final Duration PARTNERS_LIFE = Duration.ofDays(90);

    /** How long a user's session can be refreshed. */
    public static final Duration USERS_LIFE = Duration.ofDays(30);

    private static final int REFRESH_TOKEN_BYTES = 32;

    private final Sessions sessions;
    private final Directory directory;
    private final Jwts jwts;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public SessionTokens(Sessions sessions, Directory directory, Jwts jwts, Clock clock) {
        this.sessions = sessions;
        this.directory = directory;
        this.jwts = jwts;
        this.clock = clock;
    }

    /**
     * A pair of tokens for a client.
     *
     * @param access a partner or user token
     * @param refresh a refresh token, to be exchanged once for the next pair
     */
    public record Pair(String access, String refresh) {
        @Override
        public String toString() {
            return "Pair[…]";
        }
    }

    /** Starts a partner's own session. */
    public Pair start(UUID partner) {
        return start(new Session(
                UUID.randomUUID(), partner, Optional.empty(), clock.instant().plus(PARTNERS_LIFE), false));
    }

    /** Starts a session of a user, through a partner. */
    public Pair start(UUID partner, UUID user) {
        return start(new Session(
                UUID.randomUUID(), partner, Optional.of(user), clock.instant().plus(USERS_LIFE), false));
    }

    /** Returns the session that a refresh token belongs to. */
    public Outcome<Session, RefreshTokenErrorCode> session(@Nullable String refreshToken) {
        if (refreshToken == null || refreshToken.isEmpty()) {
            return Outcome.denied(REFRESH_TOKEN_MISSING);
        }
        return sessions.byRefreshToken(Sha256.of(refreshToken))
                .map(Outcome::<Session, RefreshTokenErrorCode>granted)
                .orElseGet(() -> Outcome.denied(REFRESH_TOKEN_INVALID));
    }

    /**
     * Returns the next pair, if partner and user may still act.
     *
     * @param session the session of the refresh token
     * @param caller the partner that asks for a user's tokens
     * @param request the request id, for the audit
     */
    public Outcome<Pair, RefreshTokenErrorCode> refresh(
            Session session, String refreshToken, Optional<Partner> caller, String request) {
        if (session.revoked()
                || caller.filter(partner -> !partner.uuid().equals(session.partner()))
                        .isPresent()) {
            return Outcome.denied(REFRESH_TOKEN_INVALID);
        }
        if (!clock.instant().isBefore(session.endsAt())) {
            return Outcome.denied(REFRESH_TOKEN_EXPIRED);
        }
        if (directory.partner(session.partner()).filter(Partner::enabled).isEmpty()
                || session.user().filter(user -> directory.user(user).isEmpty()).isPresent()) {
            return Outcome.denied(REFRESH_TOKEN_INVALID);
        }
        Pair next = pair(session);
        return switch (sessions.rotate(
                session.sid(), Sha256.of(refreshToken), Sha256.of(next.refresh()), clock.instant(), request)) {
            case ROTATED -> Outcome.granted(next);
            case RACE, REUSED -> Outcome.denied(REFRESH_TOKEN_USED);
        };
    }

    /**
     * Ends a session: neither its access tokens nor its refresh tokens can be used any more.
     *
     * @param request the request id, for the audit
     */
    public void revoke(UUID sid, String request) {
        sessions.revoke(sid, clock.instant(), request);
    }

    private Pair start(Session session) {
        Pair pair = pair(session);
        sessions.start(session, clock.instant(), Sha256.of(pair.refresh()));
        return pair;
    }

    private Pair pair(Session session) {
        byte[] refresh = new byte[REFRESH_TOKEN_BYTES];
        random.nextBytes(refresh);
        return new Pair(
                session.user()
                        .map(user -> jwts.userToken(user, session.partner(), session.sid()))
                        .orElseGet(() -> jwts.partnerToken(session.partner(), session.sid())),
                Base64.getUrlEncoder().withoutPadding().encodeToString(refresh));
    }
}

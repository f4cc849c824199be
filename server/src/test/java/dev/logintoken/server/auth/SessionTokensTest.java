package dev.logintoken.server.auth;

import dev.logintoken.api.model.RefreshTokenErrorCode;
import dev.logintoken.server.auth.SessionTokens.Pair;
import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.directory.Session;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.outcome.Outcome;
import dev.logintoken.server.sandbox.TestSandbox;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static dev.logintoken.api.model.RefreshTokenErrorCode.REFRESH_TOKEN_EXPIRED;
import static dev.logintoken.api.model.RefreshTokenErrorCode.REFRESH_TOKEN_INVALID;
import static dev.logintoken.api.model.RefreshTokenErrorCode.REFRESH_TOKEN_MISSING;
import static dev.logintoken.api.model.RefreshTokenErrorCode.REFRESH_TOKEN_USED;
import static dev.logintoken.server.sandbox.TestSandbox.ACTIVE_USER;
import static dev.logintoken.server.sandbox.TestSandbox.ELSEWHERE;
import static dev.logintoken.server.sandbox.TestSandbox.OTHER_USER;
import static dev.logintoken.server.sandbox.TestSandbox.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

final class SessionTokensTest {

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Sessions sessions = new Sessions(sandbox.database(), RowCache.off());
    private final Jwts jwts = new Jwts(KeySet.of("1", new byte[32], HmacKey::of), sandbox.clock());
    private final SessionTokens tokens = new SessionTokens(sessions, sandbox.directory(), jwts, sandbox.clock());

    @Test
    void aPartnersLoginGivesAPartnerTokenOfALivingSession() {
        Claims claims = jwts.partnerClaims(tokens.start(PARTNER).access()).orElseThrow();
        assertThat(claims.subject()).isEqualTo(PARTNER);
        assertThat(sessions.lives(claims.session(), PARTNER, Optional.empty())).isTrue();
    }

    @Test
    void aUsersLoginGivesAUserTokenOfALivingSession() {
        Claims claims =
                jwts.userClaims(tokens.start(PARTNER, ACTIVE_USER).access()).orElseThrow();
        assertThat(claims.subject()).isEqualTo(ACTIVE_USER);
        assertThat(claims.partner()).isEqualTo(PARTNER);
        assertThat(sessions.lives(claims.session(), PARTNER, Optional.of(ACTIVE_USER)))
                .isTrue();
    }

    @Test
    void aSessionLivesForItsOwnUserAndPartnerOnly() {
        UUID session = jwts.userClaims(tokens.start(PARTNER, ACTIVE_USER).access())
                .orElseThrow()
                .session();
        assertThat(sessions.lives(session, PARTNER, Optional.of(OTHER_USER))).isFalse();
        assertThat(sessions.lives(session, PARTNER, Optional.empty())).isFalse();
        assertThat(sessions.lives(session, ELSEWHERE, Optional.of(ACTIVE_USER))).isFalse();
        assertThat(sessions.lives(session, PARTNER, Optional.of(ACTIVE_USER))).isTrue();
    }

    @Test
    void aRefreshTokenIsThirtyTwoRandomBytes() {
        String refresh = tokens.start(PARTNER).refresh();
        assertThat(refresh)
                .matches("[A-Za-z0-9_-]{43}")
                .isNotEqualTo(tokens.start(PARTNER).refresh())
                .isNotEqualTo("A".repeat(43));
    }

    @Test
    void noRefreshTokenGetsER820() {
        assertThat(tokens.session(null).errors()).containsExactly(REFRESH_TOKEN_MISSING);
        assertThat(tokens.session("").errors()).containsExactly(REFRESH_TOKEN_MISSING);
    }

    @Test
    void anUnknownRefreshTokenGetsER821() {
        assertThat(tokens.session("nonsense").errors()).containsExactly(REFRESH_TOKEN_INVALID);
    }

    @Test
    void theNextPairIsOfTheSameSession() {
        Pair first = tokens.start(PARTNER);
        Pair second = granted(refresh(first.refresh()));
        assertThat(jwts.partnerClaims(second.access()).orElseThrow().session())
                .isEqualTo(session(first.refresh()).sid());
        assertThat(refresh(second.refresh()).errors()).isEmpty();
    }

    @Test
    void aUsersNextTokenIsTheUsers() {
        Pair next = granted(refresh(tokens.start(PARTNER, ACTIVE_USER).refresh()));
        assertThat(jwts.userClaims(next.access()).map(Claims::subject)).contains(ACTIVE_USER);
    }

    @Test
    void aSecondUseWithinTenSecondsGetsER823AndRevokesNothing() {
        Pair first = tokens.start(PARTNER);
        Pair second = granted(refresh(first.refresh()));
        sandbox.pass(Duration.ofMillis(9_999));
        assertThat(refresh(first.refresh()).errors()).containsExactly(REFRESH_TOKEN_USED);
        assertThat(refresh(second.refresh()).errors()).isEmpty();
    }

    @Test
    void aLaterSecondUseGetsER823AndRevokesTheSession() {
        Pair first = tokens.start(PARTNER);
        Pair second = granted(refresh(first.refresh()));
        sandbox.pass(Duration.ofSeconds(10));
        assertThat(refresh(first.refresh()).errors()).containsExactly(REFRESH_TOKEN_USED);
        assertThat(refresh(second.refresh()).errors()).containsExactly(REFRESH_TOKEN_INVALID);
    }

    @Test
    void onlyOneOfManyAtOnceGetsTheNextPair() throws Exception {
        String token = tokens.start(PARTNER).refresh();
        Callable<Set<RefreshTokenErrorCode>> use = () -> refresh(token).errors();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            assertThat(callers.invokeAll(Collections.nCopies(16, use)))
                    .extracting(future -> List.copyOf(future.get()))
                    .containsOnlyOnce(List.of())
                    .containsOnly(List.of(), List.of(REFRESH_TOKEN_USED));
        } finally {
            callers.shutdown();
        }
        assertThat(session(token).revoked()).isFalse();
    }

    @Test
    void aPartnersSessionEndsAfterNinetyDaysWithER822() {
        endsAfter(Duration.ofDays(90), tokens.start(PARTNER));
    }

    @Test
    void aUsersSessionEndsAfterThirtyDaysWithER822() {
        endsAfter(Duration.ofDays(30), tokens.start(PARTNER, ACTIVE_USER));
    }

    private void endsAfter(Duration life, Pair first) {
        sandbox.pass(life.minusMillis(1));
        Pair last = granted(refresh(first.refresh()));
        sandbox.pass(Duration.ofMillis(1));
        assertThat(refresh(last.refresh()).errors()).containsExactly(REFRESH_TOKEN_EXPIRED);
    }

    @Test
    void aRevokedSessionGetsER821EvenIfItHasEnded() {
        String token = tokens.start(PARTNER).refresh();
        tokens.revoke(session(token).sid(), "request");
        assertThat(refresh(token).errors()).containsExactly(REFRESH_TOKEN_INVALID);
        sandbox.pass(Duration.ofDays(90));
        assertThat(refresh(token).errors()).containsExactly(REFRESH_TOKEN_INVALID);
    }

    @Test
    void anotherPartnerGetsER821ForAUsersToken() {
        String token = tokens.start(ELSEWHERE, ACTIVE_USER).refresh();
        assertThat(refresh(token).errors()).containsExactly(REFRESH_TOKEN_INVALID);
    }

    @Test
    void aDisabledPartnerGetsER821AndER822OnceTheSessionHasEnded() {
        String token = tokens.start(PARTNER).refresh();
        sandbox.disablePartner(PARTNER);
        assertThat(refresh(token).errors()).containsExactly(REFRESH_TOKEN_INVALID);
        sandbox.pass(Duration.ofDays(90));
        assertThat(refresh(token).errors()).containsExactly(REFRESH_TOKEN_EXPIRED);
    }

    @Test
    void aDeletedUsersTokenGetsER821() {
        String token = tokens.start(PARTNER, ACTIVE_USER).refresh();
        sandbox.deleteUser(ACTIVE_USER);
        assertThat(refresh(token).errors()).containsExactly(REFRESH_TOKEN_INVALID);
    }

    @Test
    void tokensAreKeptOutOfTheLog() {
        Pair pair = tokens.start(PARTNER);
        assertThat(pair.toString()).isEqualTo("Pair[…]");
    }

    private Session session(String refreshToken) {
        return tokens.session(refreshToken).value().orElseThrow();
    }

    /** Refreshes as the resource does: it authenticates the caller only for a user's session. */
    private Outcome<Pair, RefreshTokenErrorCode> refresh(String refreshToken) {
        Session session = session(refreshToken);
        return tokens.refresh(session, refreshToken, session.user().map(user -> sandbox.partner(PARTNER)), "request");
    }

    private static Pair granted(Outcome<Pair, RefreshTokenErrorCode> outcome) {
        return outcome.value().orElseThrow();
    }
}

package dev.logintoken.server.sandbox;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.StoredDirectory;
import dev.logintoken.server.outcome.UnavailableException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

import static dev.logintoken.server.sandbox.Fixture.ACTIVE_USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is true once a provider state is set up. The consumers' interactions test most of them over HTTP. */
final class ProviderFactsTest {

    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "", "");
    private final SandboxAssembly sandbox = SandboxAssembly.open(
            pool, RowCache.off(), opened -> Database.open(opened, Database.Mode.SANDBOX, Duration.ofSeconds(5)));
    private final StoredDirectory directory = new StoredDirectory(sandbox.database(), RowCache.off());

    @AfterEach
    void close() {
        pool.dispose();
    }

    @ParameterizedTest
    @CsvSource({
        "a partner token, partnerToken, false",
        "an expired partner token, partnerToken, false",
        "a revoked partner token, partnerToken, true",
        "an expired and revoked partner token, partnerToken, true",
        "a user token, userToken, false",
        "a user token that was logged out, userToken, true",
    })
    void aTokensSessionIsRevokedIfTheStateSaysSo(String state, String value, boolean revoked) throws IOException {
        assertThat(count("session where revoked_at is not null and sid = '"
                        + sid(setUp(state).getOrDefault(value, "")) + "'"))
                .isEqualTo(revoked ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a partner token of a disabled partner", "an API key of a disabled partner"})
    void aDisabledPartnerIsDisabled(String state) {
        setUp(state);
        assertThat(count("partner where disabled_at is not null")).isOne();
    }

    @Test
    void aRevokedRefreshTokensSessionIsRevoked() {
        String sid = setUp("a revoked refresh token").get("sid");
        assertThat(count("session where revoked_at is not null and sid = '" + sid + "'"))
                .isOne();
    }

    @Test
    void documentsAreReviewed() {
        UUID user = UUID.fromString(setUp("a user with a document under review").get("uuid"));
        assertThat(directory.user(user).orElseThrow().documentPending()).isTrue();
        sandbox.states().setUp("the documents of a user are reviewed", Map.of("uuid", user.toString()));
        assertThat(directory.user(user).orElseThrow().documentPending()).isFalse();
    }

    @Test
    void manyFailuresAreCountedUntilTheTearDown() {
        for (String state : new String[] {"many failed logins of a user", "many failed authentications of a partner"}) {
            setUp(state);
            assertThat(count("attempt_bucket")).as(state).isPositive();
            sandbox.states().tearDown(state);
            assertThat(count("attempt_bucket")).as(state).isZero();
        }
    }

    @Test
    void thePurgeDeletesWhatHasExpired() {
        setUp("a login token that was used");
        setUp("the purge has run");
        assertThat(count("redeemed_login_token")).isOne();
        sandbox.clock().step(Duration.ofDays(2));
        setUp("the purge has run");
        assertThat(count("redeemed_login_token")).isZero();
    }

    @Test
    void theClockIsAheadUntilTheTearDown() {
        sandbox.states().setUp("the clock is ahead", Map.of("seconds", 8_640_000));
        assertThat(sandbox.clock().instant()).isAfter(Instant.now().plus(Duration.ofDays(99)));
        sandbox.states().tearDown("the clock is ahead");
        assertThat(sandbox.clock().instant()).isBefore(Instant.now().plus(Duration.ofDays(1)));
        assertThatThrownBy(() -> sandbox.states().setUp("the clock is ahead", Map.of("seconds", 8_640_001)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-8640000 to 8640000");
    }

    @Test
    void aFailureLastsUntilTheTearDown() {
        for (String state : new String[] {"the database does not answer", "the service fails"}) {
            setUp(state);
            assertThatThrownBy(() -> directory.user(ACTIVE_USER)).as(state).isInstanceOf(RuntimeException.class);
            sandbox.states().tearDown(state);
            assertThat(directory.user(ACTIVE_USER)).as(state).isPresent();
        }
        setUp("the database does not answer");
        assertThatThrownBy(() -> directory.user(ACTIVE_USER)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void nothingButTheFixtureIsLeft() {
        int users = count("account");
        setUp("a user with an identifier");
        sandbox.states().setUp("the clock is ahead", Map.of("seconds", 8_640_000));
        new SandboxData(sandbox.database(), RowCache.off(), sandbox.clock()).deleteUser(ACTIVE_USER);
        setUp("nothing but the fixture");
        assertThat(count("account")).isEqualTo(users);
        assertThat(directory.user(ACTIVE_USER)).isPresent();
        assertThat(sandbox.clock().instant()).isBefore(Instant.now().plus(Duration.ofDays(1)));
        assertThat(directory.partners().origins(Fixture.PARTNER)).containsExactly("*");
    }

    private Map<String, String> setUp(String state) {
        return sandbox.states().setUp(state, Map.of()).orElseThrow();
    }

    /** Returns the session of a JWT. */
    private static String sid(String token) throws IOException {
        return new JsonMapper()
                .readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]))
                .path("sid")
                .asText();
    }

    private int count(String from) {
        return sandbox.database()
                .query(handle -> handle.select("select count(*) from " + from)
                        .mapTo(Integer.class)
                        .one());
    }
}

package dev.logintoken.server.auth;

import dev.logintoken.server.auth.Throttle.Candidate;
import dev.logintoken.server.sandbox.TestSandbox;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static dev.logintoken.server.auth.Throttle.MAX_FROM_ALL_NEW_ORIGINS;
import static dev.logintoken.server.auth.Throttle.MAX_FROM_KNOWN_ORIGIN;
import static dev.logintoken.server.auth.Throttle.MAX_FROM_NEW_ORIGIN;
import static dev.logintoken.server.auth.Throttle.MAX_OF_A_NETWORK;
import static org.assertj.core.api.Assertions.assertThat;

final class ThrottleTest {

    private static final Origin HOME = Origin.anonymous("192.0.2.1");
    private static final Origin ELSEWHERE = Origin.anonymous("198.51.100.1");
    private static final Origin PARTNER = Origin.of(new UUID(0, 1), "203.0.113.1");

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Throttle throttle = new Throttle(sandbox.database(), new byte[0], sandbox.clock());

    @Test
    void aNewOriginHasTenAttemptsAndThenOneAMinute() {
        assertThat(attempts("somebody", HOME)).isEqualTo(MAX_FROM_NEW_ORIGIN.drops());
        assertThat(reserve("somebody", HOME)).isEqualTo(Duration.ofMinutes(1));
        sandbox.pass(Duration.ofMinutes(1));
        assertThat(attempts("somebody", HOME)).isOne();
    }

    @Test
    void strangersDoNotLockOutWhoIsKnown() {
        succeed("somebody", HOME);
        exhaust("somebody");
        assertThat(reserve("somebody", ELSEWHERE)).isPositive();
        assertThat(attempts("somebody", HOME)).isEqualTo(MAX_FROM_KNOWN_ORIGIN.drops());
        assertThat(reserve("somebody", HOME)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whoIsKnownIsNotLockedOutByItsNeighboursEither() {
        succeed("somebody", HOME);
        for (int i = 0; i < MAX_OF_A_NETWORK.drops(); i++) {
            reserve("name " + i, HOME);
        }
        assertThat(reserve("somebody else", HOME)).isPositive();
        assertThat(reserve("somebody", HOME)).isZero();
    }

    @Test
    void manyNamesFromOneNetworkLeaveFewRows() {
        for (int i = 0; i < 10 * MAX_OF_A_NETWORK.drops(); i++) {
            reserve("name " + i, ELSEWHERE);
        }
        assertThat(sandbox.database()
                        .<Integer, RuntimeException>query(handle -> handle.select("select count(*) from attempt_bucket")
                                .mapTo(Integer.class)
                                .one()))
                .isEqualTo(2 * MAX_OF_A_NETWORK.drops() + 1);
    }

    @Test
    void oneStrangerDoesNotLockOutANewOrigin() {
        for (int i = 0; i < 1_000; i++) {
            reserve("somebody", ELSEWHERE);
        }
        assertThat(reserve("somebody", HOME)).isZero();
    }

    @Test
    void manyStrangersTogetherHaveALimit() {
        assertThat(exhaust("somebody")).isEqualTo(MAX_FROM_ALL_NEW_ORIGINS.drops());
        assertThat(reserve("somebody", HOME)).isEqualTo(Duration.ofSeconds(10));
        assertThat(reserve("somebody", PARTNER)).isEqualTo(Duration.ofSeconds(10));
        assertThat(reserve("somebody else", HOME)).isZero();
    }

    @Test
    void whoIsRefusedForOthersIsNotCountedAtItsOrigin() {
        exhaust("somebody");
        for (int i = 0; i < 20; i++) {
            assertThat(reserve("somebody", HOME)).isPositive();
        }
        sandbox.pass(Duration.ofHours(1));
        assertThat(attempts("somebody", HOME)).isEqualTo(MAX_FROM_NEW_ORIGIN.drops());
    }

    @Test
    void refusedAttemptsCountAgainstTheirNetwork() {
        for (int i = 0; i < MAX_OF_A_NETWORK.drops(); i++) {
            assertThat(reserve("somebody", ELSEWHERE).isZero()).isEqualTo(i < MAX_FROM_NEW_ORIGIN.drops());
        }
        assertThat(reserve("somebody else", ELSEWHERE)).isEqualTo(Duration.ofSeconds(10));
        assertThat(reserve("somebody else", HOME)).isZero();
    }

    @Test
    void aPartnersOwnNetworkDoesNotCount() {
        for (int i = 0; i < 2 * MAX_OF_A_NETWORK.drops(); i++) {
            assertThat(reserve("user " + i, PARTNER)).isZero();
        }
    }

    @Test
    void partnersAreApart() {
        attempts("somebody", PARTNER);
        assertThat(reserve("somebody", PARTNER)).isPositive();
        assertThat(reserve("somebody", Origin.of(new UUID(0, 2), "203.0.113.1")))
                .isZero();
        assertThat(reserve("somebody", Origin.anonymous("203.0.113.1"))).isZero();
    }

    @Test
    void usersAndPartnersAreApart() {
        attempts("somebody", HOME);
        assertThat(throttle.candidate("partner", "somebody", HOME).reserve()).isZero();
    }

    @Test
    void aSuccessTakesOutItselfAndOneFailure() {
        for (int failures = 1; failures < MAX_FROM_NEW_ORIGIN.drops(); failures++) {
            assertThat(reserve("somebody", HOME)).isZero();
        }
        succeed("somebody", HOME);
        sandbox.pass(MAX_FROM_NEW_ORIGIN.leak().multipliedBy(MAX_FROM_NEW_ORIGIN.drops()));
        for (int failures = 1; failures < MAX_FROM_KNOWN_ORIGIN.drops(); failures++) {
            assertThat(reserve("somebody", HOME)).isZero();
        }
        succeed("somebody", HOME);
        assertThat(attempts("somebody", HOME)).isEqualTo(2);
    }

    /** As behind a proxy that does not tell the callers' addresses. */
    @Test
    void somebodyWhoGuessesFromTheSameAddressIsSlowedInSpiteOfSuccesses() {
        succeed("somebody", HOME);
        int guesses = 0;
        for (int i = 0; i < 1_000; i++) {
            if (reserve("somebody", HOME).isZero()) {
                guesses++;
            }
            if (i % 10 == 0) {
                Candidate owner = throttle.candidate("user", "somebody", HOME);
                if (owner.reserve().isZero()) {
                    owner.succeeded();
                }
            }
        }
        assertThat(guesses).isLessThan(2 * MAX_FROM_KNOWN_ORIGIN.drops());
    }

    @Test
    void theFirstSuccessFromANetworkLowersTheCountsOfNameAndNetwork() {
        for (int i = 1; i < MAX_OF_A_NETWORK.drops(); i++) {
            reserve("name " + i, HOME);
        }
        succeed("somebody", HOME);
        assertThat(reserve("one more", HOME)).isZero();
        assertThat(reserve("another", HOME)).isZero();
        assertThat(reserve("one too many", HOME)).isPositive();
        succeed("somebody", HOME);
        assertThat(reserve("one too many", HOME)).isPositive();
    }

    @Test
    void anAttemptThatWasNotCheckedIsTakenBack() {
        for (int i = 0; i < MAX_OF_A_NETWORK.drops(); i++) {
            cancel("somebody", HOME);
            cancel("somebody", PARTNER);
        }
        succeed("somebody", HOME);
        for (int i = 0; i <= MAX_FROM_KNOWN_ORIGIN.drops(); i++) {
            cancel("somebody", HOME);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "a\0", "\ud800", "😀", "a\nb", "'"})
    void aNameOfAnyTextIsThrottled(String name) {
        assertThat(attempts(name, HOME)).isEqualTo(MAX_FROM_NEW_ORIGIN.drops());
        assertThat(reserve(name, HOME)).isPositive();
    }

    @Test
    void nodesWithTheSameSecretShareTheirCountsAndOthersCannotReadThem() {
        Throttle node = new Throttle(sandbox.database(), new byte[] {1}, sandbox.clock());
        Throttle another = new Throttle(sandbox.database(), new byte[] {1}, sandbox.clock());
        Throttle stranger = new Throttle(sandbox.database(), new byte[] {2}, sandbox.clock());
        Candidate candidate = node.candidate("user", "somebody", HOME);
        candidate.reserve();
        candidate.succeeded();
        assertThat(another.candidate("user", "somebody", HOME).known()).isTrue();
        assertThat(stranger.candidate("user", "somebody", HOME).known()).isFalse();
    }

    @Test
    void nothingIsKeptForEver() {
        succeed("somebody", HOME);
        exhaust("somebody");
        reserve("somebody else", PARTNER);
        throttle.purge(sandbox.now());
        assertThat(rows()).doesNotContain(0);
        sandbox.pass(Duration.ofDays(91));
        throttle.purge(sandbox.now());
        assertThat(rows()).containsOnly(0);
    }

    @Test
    void anExhaustedNameWaitsUnlessItIsKnown() {
        succeed("somebody", HOME);
        throttle.exhaust("user", "somebody");
        assertThat(reserve("somebody", PARTNER)).isEqualTo(Duration.ofSeconds(40));
        assertThat(reserve("somebody", HOME)).isZero();
    }

    private List<Integer> rows() {
        return List.of(count("attempt_bucket"), count("known_network"));
    }

    private int count(String table) {
        return sandbox.database()
                .<Integer, RuntimeException>query(handle -> handle.select("select count(*) from " + table)
                        .mapTo(Integer.class)
                        .one());
    }

    /** Attempts a name from as many networks as necessary. Returns how many attempts were let through. */
    private int exhaust(String name) {
        int admitted = 0;
        for (int network = 0; network < 20; network++) {
            admitted += attempts(name, Origin.anonymous("203.0.113." + network));
        }
        return admitted;
    }

    /** Attempts a name until it is refused. Returns how many attempts were let through. */
    private int attempts(String name, Origin origin) {
        int admitted = 0;
        while (reserve(name, origin).isZero()) {
            admitted++;
        }
        return admitted;
    }

    private Duration reserve(String name, Origin origin) {
        return throttle.candidate("user", name, origin).reserve();
    }

    private void succeed(String name, Origin origin) {
        Candidate candidate = throttle.candidate("user", name, origin);
        assertThat(candidate.reserve()).isZero();
        candidate.succeeded();
        assertThat(throttle.candidate("user", name, origin).known()).isTrue();
    }

    private void cancel(String name, Origin origin) {
        Candidate candidate = throttle.candidate("user", name, origin);
        assertThat(candidate.reserve()).isZero();
        candidate.cancel();
    }
}

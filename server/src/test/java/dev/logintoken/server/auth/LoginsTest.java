package dev.logintoken.server.auth;

import dev.logintoken.api.model.AttemptsErrorCode;
import dev.logintoken.server.directory.Directory.Account;
import dev.logintoken.server.directory.FailedAttempts;
import dev.logintoken.server.error.Outcome;
import dev.logintoken.server.error.Outcome.Denied;
import dev.logintoken.server.sandbox.TestSandbox;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.api.model.AttemptsErrorCode.TOO_MANY_ATTEMPTS;
import static org.assertj.core.api.Assertions.assertThat;

final class LoginsTest {

    private static final Account SOMEBODY =
            new Account(UUID.randomUUID(), Optional.ofNullable(new BCryptPasswordEncoder(4).encode("right")));
    private static final String HERE = "192.0.2.1";

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Logins logins = new Logins(new FailedAttempts(sandbox.database()), sandbox.clock());
    private int failures;

    @Test
    void whoKnowsThePasswordLogsIn() {
        assertThat(attempt("user", "somebody", "right", HERE).value()).contains(Optional.of(SOMEBODY.uuid()));
    }

    @Test
    void aWrongNameAndAWrongPasswordAreRefusedAlike() {
        assertThat(attempt("user", "nobody", "right", HERE).value()).contains(Optional.empty());
        assertThat(attempt("user", "somebody", "wrong", HERE).value()).contains(Optional.empty());
    }

    @Test
    void afterFiveFailuresANameHasToWaitLongerAndLonger() {
        fail("somebody", 5);
        for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
            fail("somebody", 1);
            assertThat(wait("somebody", HERE)).hasSeconds(seconds);
        }
    }

    @Test
    void whoWaitsAsToldIsLetThroughAndNobodyBefore() {
        fail("somebody", 6);
        sandbox.pass(Duration.ofMillis(1_999));
        assertThat(attempt("user", "somebody", "right", HERE).errors()).containsExactly(TOO_MANY_ATTEMPTS);
        assertThat(wait("somebody", HERE)).hasSeconds(1);
        sandbox.pass(Duration.ofMillis(1));
        assertThat(attempt("user", "somebody", "right", HERE).value()).contains(Optional.of(SOMEBODY.uuid()));
    }

    @Test
    void theRightPasswordMakesTheFailuresOfItsNameForgotten() {
        fail("somebody", 5);
        assertThat(wait("somebody", HERE)).isZero();
        fail("somebody", 5);
        assertThat(wait("somebody", HERE)).isZero();
    }

    @Test
    void aQuietHourMakesFailuresForgotten() {
        fail("somebody", 5);
        sandbox.pass(Duration.ofHours(1).plusSeconds(1));
        fail("somebody", 5);
        assertThat(wait("somebody", HERE)).isZero();
    }

    @Test
    void failuresOfAUserConcernNoOtherUserAndNoPartner() {
        fail("somebody", 6);
        assertThat(wait("somebody else", HERE)).isZero();
        assertThat(attempt("partner", "somebody", "right", HERE).errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.254, 192.0.3.1",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, 2001:db8:1:3::1",
    })
    void afterTwoHundredFailuresANetworkHasToWaitAsWell(String address, String neighbour, String stranger) {
        fail("a slow one", 7);
        for (int i = 0; i < 200; i++) {
            attempt("user", "name " + i, "wrong", address);
        }
        assertThat(wait("somebody", neighbour)).isZero();
        attempt("user", "somebody", "wrong", address);
        assertThat(wait("somebody else", neighbour)).hasSeconds(2);
        assertThat(wait("a slow one", neighbour)).hasSeconds(4);
        assertThat(wait("somebody else", stranger)).isZero();
    }

    @Test
    void whoIsNotGivenATurnMayComeBackInASecond() {
        Thread.currentThread().interrupt();
        assertThat(wait("somebody", HERE)).hasSeconds(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void nameAndPasswordAreKeptOutOfTheLog() {
        assertThat(new Logins.Attempt("user", "somebody", "right", HERE).toString())
                .isEqualTo("Attempt[user]");
    }

    /** Fails by a name, which waits as told; each time in another network, so that the name alone counts. */
    private void fail(String name, int times) {
        for (int i = 0; i < times; i++) {
            String address = "10.0." + failures++ + ".1";
            Outcome<Optional<UUID>, AttemptsErrorCode> outcome = attempt("user", name, "wrong", address);
            if (outcome instanceof Denied<?, ?> denied) {
                sandbox.pass(
                        Duration.ofSeconds(denied.retryAfter().orElseThrow().toSeconds()));
                outcome = attempt("user", name, "wrong", address);
            }
            assertThat(outcome.value()).contains(Optional.empty());
        }
    }

    /** How many seconds a name that is sent with the right password has to wait, as the answer tells them. */
    private Duration wait(String name, String address) {
        return attempt("user", name, "right", address) instanceof Denied<?, ?> denied
                ? Duration.ofSeconds(denied.retryAfter().orElseThrow().toSeconds())
                : Duration.ZERO;
    }

    private Outcome<Optional<UUID>, AttemptsErrorCode> attempt(
            String kind, String name, String password, String address) {
        return logins.attempt(
                new Logins.Attempt(kind, name, password, address),
                known -> Optional.of(SOMEBODY).filter(somebody -> !known.equals("nobody")));
    }
}

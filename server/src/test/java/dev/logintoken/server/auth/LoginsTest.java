package dev.logintoken.server.auth;

import dev.logintoken.api.model.AttemptsErrorCode;
import dev.logintoken.server.auth.Logins.Attempt;
import dev.logintoken.server.directory.Accounts;
import dev.logintoken.server.outcome.Outcome;
import dev.logintoken.server.outcome.Outcome.Denied;
import dev.logintoken.server.sandbox.TestSandbox;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static dev.logintoken.api.model.AttemptsErrorCode.TOO_MANY_ATTEMPTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

final class LoginsTest {

    private static final UUID SOMEBODY = UUID.randomUUID();
    private static final String HERE = "192.0.2.1";

    @AutoClose
    private final TestSandbox sandbox = new TestSandbox();

    private final Logins logins = new Logins(new Throttle(sandbox.database(), new byte[0], sandbox.clock()));
    private final FakeAccounts accounts = new FakeAccounts();

    /** Accounts with the same password for every name but one, which does not exist. */
    private static class FakeAccounts implements Accounts {

        private String hash = new BCryptPasswordEncoder(4).encode("right") + "";

        @Override
        public String kind() {
            return "user";
        }

        @Override
        public Optional<Account> find(String name) {
            return Optional.of(new Account(SOMEBODY, Optional.of(hash)))
                    .filter(account -> !name.equals("nobody"))
                    .map(account -> name.equals("no password") ? new Account(SOMEBODY, Optional.empty()) : account);
        }

        @Override
        public void replaceHash(UUID owner, String old, String next) {
            assertThat(owner).isEqualTo(SOMEBODY);
            assertThat(old).isEqualTo(hash);
            hash = next;
        }
    }

    @Test
    void whoKnowsThePasswordLogsIn() {
        assertThat(attempt("somebody", "right").value()).contains(Optional.of(SOMEBODY));
    }

    @Test
    void aWrongNameAndAWrongPasswordAreRefusedAlike() {
        assertThat(attempt("nobody", "right").value()).contains(Optional.empty());
        assertThat(attempt("no password", "right").value()).contains(Optional.empty());
        assertThat(attempt("somebody", "wrong").value()).contains(Optional.empty());
    }

    @Test
    void anOutdatedHashIsReplacedByASuccessOnly() {
        String outdated = accounts.hash;
        attempt("somebody", "wrong");
        assertThat(accounts.hash).isEqualTo(outdated);
        attempt("somebody", "right");
        String replaced = accounts.hash;
        assertThat(replaced).startsWith("{argon2}");
        assertThat(attempt("somebody", "right").value()).contains(Optional.of(SOMEBODY));
        assertThat(accounts.hash).isEqualTo(replaced);
    }

    @Test
    void afterTooManyAttemptsEvenTheRightPasswordWaits() {
        for (int i = 0; i < 10; i++) {
            assertThat(attempt("somebody", "wrong").value()).contains(Optional.empty());
        }
        sandbox.pass(Duration.ofMillis(58_001));
        assertThat(attempt("somebody", "right").errors()).containsExactly(TOO_MANY_ATTEMPTS);
        assertThat(wait("somebody")).hasSeconds(2);
        sandbox.pass(Duration.ofSeconds(2));
        assertThat(attempt("somebody", "right").value()).contains(Optional.of(SOMEBODY));
    }

    @Test
    void anAttemptIsCountedBeforeItIsChecked() {
        Accounts broken = new FakeAccounts() {
            @Override
            public Optional<Account> find(String name) {
                throw new IllegalStateException("the database cannot hold this name");
            }
        };
        for (int i = 0; i < 10; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> logins.attempt(Attempt.anonymous("a\0", "x", HERE), broken));
        }
        assertThat(logins.attempt(Attempt.anonymous("a\0", "x", HERE), broken).errors())
                .containsExactly(TOO_MANY_ATTEMPTS);
    }

    @Test
    void whoFindsNoTurnMayComeBackInASecondAndIsNotCounted() {
        for (int i = 0; i < 20; i++) {
            Thread.currentThread().interrupt();
            assertThat(wait("somebody")).hasSeconds(1);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(attempt("somebody", "wrong").value()).contains(Optional.empty());
    }

    @Test
    void strangersInTheQueueHoldUpNobodyWhoIsKnown() throws Exception {
        assertThat(attempt("somebody", "right").value()).contains(Optional.of(SOMEBODY));
        CountDownLatch crowd = new CountDownLatch(HashingQueue.MAX_PLACES);
        CountDownLatch end = new CountDownLatch(1);
        Accounts slow = new FakeAccounts() {
            @Override
            public Optional<Account> find(String name) {
                crowd.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Optional.empty();
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(HashingQueue.MAX_PLACES);
        try {
            for (int i = 0; i < HashingQueue.MAX_PLACES; i++) {
                String address = "198.51.100." + i;
                Future<?> unused =
                        threads.submit(() -> logins.attempt(Attempt.anonymous("somebody", "wrong", address), slow));
            }
            crowd.await();
            assertThat(attempt("somebody", "right").value()).contains(Optional.of(SOMEBODY));
            assertThat(wait("somebody else")).hasSeconds(1);
        } finally {
            end.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void nameAndPasswordAreKeptOutOfTheLog() {
        assertThat(Attempt.anonymous("somebody", "right", HERE).toString()).isEqualTo("Attempt[…]");
    }

    /**
     * Returns the number of seconds that a name has to wait, as the answer says, although it sends the right password.
     */
    private Duration wait(String name) {
        return attempt(name, "right") instanceof Denied<?, ?> denied
                ? Duration.ofSeconds(denied.retryAfter().orElseThrow().toSeconds())
                : Duration.ZERO;
    }

    private Outcome<Optional<UUID>, AttemptsErrorCode> attempt(String name, String password) {
        return logins.attempt(Attempt.anonymous(name, password, HERE), accounts);
    }
}

package dev.logintoken.server.auth;

import dev.logintoken.server.auth.Passwords.Verdict;
import dev.logintoken.server.directory.Directory.Account;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import java.util.Optional;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

final class PasswordsTest {

    private static final BCryptPasswordEncoder CHEAP = new BCryptPasswordEncoder(4);

    private final Passwords passwords = new Passwords();

    @Test
    void thePasswordOfAnAccountIsRightAndNoOther() {
        Optional<Account> account = account("right");
        assertThat(passwords.check(account, "right")).isEqualTo(Verdict.RIGHT);
        assertThat(passwords.check(account, "Right")).isEqualTo(Verdict.WRONG);
        assertThat(passwords.check(account, "")).isEqualTo(Verdict.WRONG);
    }

    @Test
    void nobodyHasNoPassword() {
        assertThat(passwords.check(Optional.empty(), "right")).isEqualTo(Verdict.WRONG);
    }

    @Test
    void anAccountWithoutAPasswordHasNone() {
        Optional<Account> account = Optional.of(new Account(UUID.randomUUID(), Optional.empty()));
        assertThat(passwords.check(account, "right")).isEqualTo(Verdict.WRONG);
    }

    @Test
    void aPasswordOfMoreThan72BytesNeverMatches() {
        String longest = "é".repeat(36);
        Optional<Account> account = account(longest);
        assertThat(passwords.check(account, longest)).isEqualTo(Verdict.RIGHT);
        assertThat(passwords.check(account, longest + "x")).isEqualTo(Verdict.WRONG);
    }

    @Test
    void moreChecksThanProcessorsHaveTheirTurn() {
        Optional<Account> account = account("right");
        for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
            assertThat(passwords.check(account, "right")).isEqualTo(Verdict.RIGHT);
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingForATurnIsToldThatItIsBusy() {
        Thread.currentThread().interrupt();
        assertThat(passwords.check(account("right"), "right")).isEqualTo(Verdict.BUSY);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static Optional<Account> account(String password) {
        return Optional.of(new Account(UUID.randomUUID(), Optional.ofNullable(CHEAP.encode(password))));
    }
}

package dev.logintoken.server.auth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

final class PasswordsTest {

    private static final String LONG = "é".repeat(36);

    private final Passwords passwords = new Passwords();
    private final Optional<String> argon2 = Optional.of(passwords.hash("right"));

    @Test
    void aPasswordMatchesItsHashAndNoOtherDoes() {
        assertThat(passwords.matches("right", argon2)).isTrue();
        assertThat(passwords.matches("Right", argon2)).isFalse();
        assertThat(passwords.matches("", argon2)).isFalse();
    }

    @Test
    void aHashIsMadeByArgon2idWithOwaspsParameters() {
        assertThat(argon2.orElseThrow()).startsWith("{argon2}$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"right", "", "A", "AAAAAAAAAAAAAAAA"})
    void nothingMatchesWithoutAHash(String password) {
        assertThat(passwords.matches(password, Optional.empty())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"right\0", "right\0right", "right\0x", "\0right"})
    void whatFollowsAZeroByteCounts(String password) {
        assertThat(passwords.matches(password, argon2)).isFalse();
        assertThat(passwords.matches(password, bcrypt("right"))).isFalse();
        assertThat(passwords.matches(password, Optional.of(passwords.hash(password))))
                .isTrue();
    }

    @Test
    void whatFollowsThe72ndByteCounts() {
        assertThat(passwords.matches(LONG + "x", Optional.of(passwords.hash(LONG))))
                .isFalse();
        assertThat(passwords.matches(LONG + "x", Optional.of(passwords.hash(LONG + "x"))))
                .isTrue();
        assertThat(passwords.matches(LONG + "x", bcrypt(LONG))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "?\ud800", "\udc00\ud800"})
    void halfAPairOfSurrogatesMatchesNothing(String password) {
        assertThat(passwords.matches(password, Optional.of(passwords.hash("?"))))
                .isFalse();
        assertThat(passwords.matches(password, bcrypt("?"))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> passwords.hash(password));
    }

    @Test
    void aHashByBcryptIsOutdatedButGoesOnWorking() {
        assertThat(passwords.matches("right", bcrypt("right"))).isTrue();
        assertThat(passwords.matches("wrong", bcrypt("right"))).isFalse();
        assertThat(passwords.matches(LONG, bcrypt(LONG))).isTrue();
        assertThat(passwords.outdated(bcrypt("right").orElseThrow())).isTrue();
        assertThat(passwords.outdated(argon2.orElseThrow())).isFalse();
    }

    @Test
    void aPasswordHas1To72Characters() {
        assertThat(passwords.hash("😀".repeat(72))).isNotEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> passwords.hash(""));
        assertThatIllegalArgumentException().isThrownBy(() -> passwords.hash("x".repeat(73)));
    }

    private static Optional<String> bcrypt(String password) {
        return Optional.ofNullable(new BCryptPasswordEncoder(4).encode(password));
    }
}

package dev.logintoken.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class RandomnessTest {

    @Test
    void whatNobodyDrawsIsNotRandom() {
        byte[] counting = new byte[32];
        byte[] repeated = new byte[32];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (byte) (i + 1);
            repeated[i] = (byte) (i % 4 * 57);
        }
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);
        byte[] twice = new byte[32];
        for (int i = 0; i < 16; i++) {
            twice[i] = (byte) (i * i * 11);
            twice[i + 16] = twice[i];
        }
        for (byte[] key : new byte[][] {new byte[32], ones, counting, repeated, twice}) {
            assertThat(Randomness.isPlausible(key)).as(Arrays.toString(key)).isFalse();
            assertMasterKeyRefused(key);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password-password-password-passw",
                "Correct horse battery staple, 42",
                "8f14e45fceea167a5a36dedd4bea2543",
                "q7TzVb0XcW2nLk9sJp4RyGf6HdMa8Ee!",
            })
    void textIsNotRandom(String text) {
        byte[] key = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(key).hasSize(32);
        assertThat(Randomness.isPlausible(key)).isFalse();
        assertMasterKeyRefused(key);
    }

    private static void assertMasterKeyRefused(byte[] key) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
        assertThatThrownBy(
                        () -> Values.of(Map.of("logintoken.keys.master", text)).find(KnownSettings.KEYS_MASTER))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("logintoken.keys.master must be 32 random bytes");
    }

    @Test
    void whatIsDrawnIs() {
        byte[] key = new byte[32];
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(key);
            assertThat(Randomness.isPlausible(key)).as(Arrays.toString(key)).isTrue();
        }
    }
}

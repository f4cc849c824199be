package dev.logintoken.server.key;

import dev.logintoken.server.secret.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests the keys in a key file. */
final class KeyFileTest {

    private static final String JWT = key("HS256", "2026-11", random("a secret that nobody should read"), "");
    private static final String LOGIN_TOKEN = key("login-token/1", "1", random("another one of 32 bytes, as well"), "");

    @TempDir
    private Path directory;

    @Test
    void keysKeepTheirOrderAndTimes() throws IOException {
        String next = key(
                "login-token/1",
                "255",
                random("the next one of thirty-two bytes"),
                ",\"nbf\":1793500000,\"exp\":1793600000");
        List<Key> keys = file(JWT, LOGIN_TOKEN, next).read(Purpose.LOGIN_TOKEN);
        assertThat(keys).extracting(Key::id).containsExactly("1", "255");
        assertThat(keys.get(0).signsFrom()).isEqualTo(Instant.MIN);
        assertThat(keys.get(0).verifiesUntil()).isEqualTo(Instant.MAX);
        assertThat(keys.get(1).signsFrom()).isEqualTo(Instant.ofEpochSecond(1_793_500_000));
        assertThat(keys.get(1).verifiesUntil()).isEqualTo(Instant.ofEpochSecond(1_793_600_000));
        assertThat(keys.get(1).secret()).isEqualTo(Sha256.of("the next one of thirty-two bytes"));
        assertThat(file(JWT, LOGIN_TOKEN, next).read(Purpose.JWT))
                .extracting(Key::id)
                .containsExactly("2026-11");
        assertThat(keys.toString()).isEqualTo("[Key[1], Key[255]]");
    }

    @ParameterizedTest
    @CsvSource({
        "HS512, 2, a third one of thirty-two bytes., 'its key number 3 needs an alg, HS256 or login-token/1'",
        "HS256, '', a third one of thirty-two bytes., its key number 3 needs a kid",
        "HS256, 2026-11, random, its key number 3 has the same alg and kid as another one",
        "login-token/1, 256, a third one of thirty-two bytes.,"
                + " 'its key number 3 needs a kid from 0 to 255, since it is for login tokens'",
        "login-token/1, 01, a third one of thirty-two bytes.,"
                + " 'its key number 3 needs a kid from 0 to 255, since it is for login tokens'",
        "HS256, 2, a third one of thirty-one bytes,"
                + " 'its key number 3 needs 32 random bytes in base64url as k, and oct as kty'",
        "HS256, 2, 00000000000000000000000000000000,"
                + " 'its key number 3 is not random: it is text, or has too few different bytes'",
        "HS256, 2, abcdefghijklmnopqrstuvwxyz012345,"
                + " 'its key number 3 is not random: it is text, or has too few different bytes'",
        "HS256, 2, a third one of thirty-two bytes.,"
                + " 'its key number 3 is not random: it is text, or has too few different bytes'",
        "HS256, 2, 'sandbox key: jwt                '," + " 'its key number 3 is a published key of the sandbox'",
    })
    void aKeyThatCannotBeUsedIsNamedAndNotShown(String algorithm, String id, String secret, String reason)
            throws IOException {
        KeyFile file =
                file(JWT, LOGIN_TOKEN, key(algorithm, id, secret.equals("random") ? random(secret) : k(secret), ""));
        assertThatThrownBy(() -> file.read(Purpose.JWT))
                .isInstanceOf(InvalidKeysException.class)
                .hasMessage("The file of logintoken.keys.file cannot be used: " + reason + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "login-token/1"})
    void aKeyIsForOnePurposeAndThereOnce(String algorithm) throws IOException {
        KeyFile file = file(
                JWT,
                LOGIN_TOKEN,
                key(algorithm, "2", random("a secret that nobody should read"), ",\"exp\":1793600000"));
        assertThatThrownBy(() -> file.read(Purpose.JWT))
                .hasMessageEndingWith("cannot be used: its key number 3 has the same k as another one.");
    }

    @Test
    void eachPurposeNeedsAKey() throws IOException {
        KeyFile file = file(JWT);
        assertThatThrownBy(() -> file.read(Purpose.JWT))
                .hasMessageEndingWith("cannot be used: it has no key whose alg is login-token/1.");
    }

    @Test
    void whatIsNoJwkSetIsNotQuoted() throws IOException {
        KeyFile file = file("secret");
        assertThatThrownBy(() -> file.read(Purpose.JWT))
                .hasMessageEndingWith("cannot be used: it is not a JWK set.")
                .hasNoCause();
        KeyFile none = new KeyFile(directory.resolve("none"));
        assertThatThrownBy(() -> none.read(Purpose.JWT))
                .hasMessageEndingWith(
                        "cannot be used: it cannot be read: there is no file " + directory.resolve("none") + ".");
    }

    @Test
    void aFileThatCannotBeReadIsToldWhy() throws IOException {
        KeyFile folder = new KeyFile(directory);
        assertThatThrownBy(() -> folder.read(Purpose.JWT)).hasMessageEndingWith("it cannot be read: it is a folder.");
        KeyFile binary = new KeyFile(Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff}));
        assertThatThrownBy(() -> binary.read(Purpose.JWT))
                .hasMessageEndingWith("it cannot be read: it is no text in UTF-8.");
    }

    private KeyFile file(String... keys) throws IOException {
        return new KeyFile(
                Files.writeString(directory.resolve("keys.json"), "{\"keys\":[" + String.join(",", keys) + "]}"));
    }

    private static String key(String algorithm, String id, String k, String more) {
        return "{\"kty\":\"oct\",\"alg\":\"%s\",\"kid\":\"%s\",\"k\":\"%s\"%s}".formatted(algorithm, id, k, more);
    }

    private static String random(String seed) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(seed));
    }

    private static String k(String secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret.getBytes(StandardCharsets.US_ASCII));
    }
}

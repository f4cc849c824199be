package dev.logintoken.server.token;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.StoredDirectory;
import dev.logintoken.server.directory.User;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.redemption.Redemptions;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static org.assertj.core.api.Assertions.assertThat;

final class LoginTokensTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.999Z");
    private static final byte[] SECRET = new byte[32];
    private static final Partner PARTNER =
            new Partner(new UUID(1, 2), Partner.Role.APP, "partner-stamp-16".getBytes(StandardCharsets.US_ASCII), true);
    private static final User USER =
            new User(new UUID(3, 4), "users-stamp-0016".getBytes(StandardCharsets.US_ASCII), false);

    /** Issuing a token looks nothing up, so there is no database. */
    private static final Database NONE = Database.on(new JdbcDataSource());

    private final LoginTokens tokens = new LoginTokens(
            new StoredDirectory(NONE, RowCache.off()),
            new Redemptions(NONE),
            KeySet.of("200", SECRET, MacKey::of),
            Duration.ofMinutes(5),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aTokenIsSixtyFourCharactersForAUrl() {
        assertThat(tokens.issue(PARTNER, USER, "request").text()).matches("[A-Za-z0-9_-]{64}");
    }

    @Test
    void aTokenExpiresInWholeSeconds() {
        assertThat(tokens.issue(PARTNER, USER, "request").expiry()).isEqualTo(Instant.parse("2026-03-01T12:05:00Z"));
    }

    @Test
    void noTwoTokensAreTheSame() {
        assertThat(tokens.issue(PARTNER, USER, "request").text())
                .isNotEqualTo(tokens.issue(PARTNER, USER, "request").text());
    }

    @Test
    void theBytesAreThoseOfTheDescription() throws Exception {
        LoginTokens.Issued issued = tokens.issue(PARTNER, USER, "request");
        ByteBuffer token = ByteBuffer.wrap(Base64.getUrlDecoder().decode(issued.text()));
        assertThat(token.get()).isEqualTo((byte) 1);
        assertThat(token.get()).isEqualTo((byte) 200);
        assertThat(Integer.toUnsignedLong(token.getInt()))
                .isEqualTo(issued.expiry().getEpochSecond());
        token.position(16);
        assertThat(new UUID(token.getLong(), token.getLong())).isEqualTo(PARTNER.uuid());
        byte[] tag = new byte[16];
        token.get(tag);
        assertThat(tag).isEqualTo(expectedTag(token.array()));
    }

    @Test
    void aTokenIsKeptOutOfTheLog() {
        LoginTokens.Issued issued = tokens.issue(PARTNER, USER, "request");
        assertThat(issued.toString()).isEqualTo("Issued[until 2026-03-01T12:05:00Z]");
    }

    @Test
    void aKeyIsKeptOutOfTheLog() {
        assertThat(KeySet.of("200", SECRET, MacKey::of).signing().toString()).isEqualTo("MacKey[200]");
    }

    private static byte[] expectedTag(byte[] token) throws Exception {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes("login-token/1\0".getBytes(StandardCharsets.US_ASCII));
        message.write(token, 0, 32);
        message.writeBytes(new byte[] {0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4});
        message.writeBytes(USER.stamp());
        message.writeBytes(PARTNER.stamp());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        return Arrays.copyOf(mac.doFinal(message.toByteArray()), 16);
    }
}

package dev.logintoken.server.token;

import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.User;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues login tokens. Issuing writes nothing: a token proves itself by a tag over its own bytes, its user and the
 * stamps of user and partner, so that neither a leaked key nor a leaked database alone is enough to make one.
 *
 * <p>A token is 64 characters of base64url for 48 bytes, big-endian: version (1), key id (1), expiry in seconds since
 * the epoch (4, unsigned), random (10), uuid of the partner (16), tag (16).
 */
public final class LoginTokens {

    private static final byte VERSION = 1;
    private static final int SIGNED_LENGTH = 32;
    private static final int RANDOM_LENGTH = 10;
    private static final int TAG_LENGTH = 16;
    private static final byte[] CONTEXT = "login-token/1\0".getBytes(StandardCharsets.US_ASCII);
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final Key key;
    private final Duration ttl;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * A key to authenticate tokens.
     *
     * @param id 0 to 255, part of each token
     * @param secret 32 random bytes
     */
    public record Key(int id, byte[] secret) {
        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    /**
     * A fresh token.
     *
     * @param text 64 characters that may stand in a URL
     * @param expiry the first moment at which it is refused, in whole seconds
     */
    public record Issued(String text, Instant expiry) {
        @Override
        public String toString() {
            return "Issued[until " + expiry + "]";
        }
    }

    /**
     * @param key authenticates the tokens
     * @param ttl how long each may be used
     * @param clock tells the time
     */
    public LoginTokens(Key key, Duration ttl, Clock clock) {
        this.key = key;
        this.ttl = ttl;
        this.clock = clock;
    }

    /**
     * Issues a token; nothing is written.
     *
     * @param partner who asks
     * @param user who will be logged in by it, once
     */
    public Issued issue(Partner partner, User user) {
        Instant expiry = clock.instant().plus(ttl).truncatedTo(ChronoUnit.SECONDS);
        byte[] noise = new byte[RANDOM_LENGTH];
        random.nextBytes(noise);
        ByteBuffer token = ByteBuffer.allocate(SIGNED_LENGTH + TAG_LENGTH)
                .put(VERSION)
                .put((byte) key.id())
                .putInt((int) expiry.getEpochSecond())
                .put(noise);
        put(token, partner.uuid());
        token.put(tag(token.array(), partner, user), 0, TAG_LENGTH);
        return new Issued(BASE64URL.encodeToString(token.array()), expiry);
    }

    private byte[] tag(byte[] token, Partner partner, User user) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.secret(), mac.getAlgorithm()));
            mac.update(CONTEXT);
            mac.update(token, 0, SIGNED_LENGTH);
            ByteBuffer uuid = ByteBuffer.allocate(2 * Long.BYTES);
            put(uuid, user.uuid());
            mac.update(uuid.array());
            mac.update(user.stamp());
            return mac.doFinal(partner.stamp());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }

    private static void put(ByteBuffer target, UUID uuid) {
        target.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }
}

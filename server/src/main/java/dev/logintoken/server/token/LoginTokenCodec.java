package dev.logintoken.server.token;

import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.User;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import javax.crypto.Mac;

/**
 * Encodes and decodes login tokens. A token is 64 characters of base64url for 48 bytes, big-endian: version (1), key id (1),
 * expiry in seconds since the epoch (4, unsigned), random (10), uuid of the partner (16), tag (16).
 */
final class LoginTokenCodec {

    static final String ALGORITHM = "HmacSHA256";

    /** Looked up once, because the look-up takes as long as a tag. */
    private static final Provider PROVIDER = provider();

    private static final byte VERSION = 1;
    private static final int SIGNED_LENGTH = 32;
    private static final int RANDOM_LENGTH = 10;
    private static final int TAG_LENGTH = 16;
    private static final byte[] CONTEXT = "login-token/1\0".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{64}");

    private final SecureRandom random = new SecureRandom();

    /** Returns the bytes of a new token. */
    byte[] encode(MacKey key, Instant expiry, Partner partner, User user) {
        byte[] noise = new byte[RANDOM_LENGTH];
        random.nextBytes(noise);
        ByteBuffer token = ByteBuffer.allocate(SIGNED_LENGTH + TAG_LENGTH)
                .put(VERSION)
                .put(key.id())
                .putInt((int) expiry.getEpochSecond())
                .put(noise);
        put(token, partner.uuid());
        return token.put(tag(key, token.array(), partner, user)).array();
    }

    /** Returns a token's bytes as text. */
    static String text(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /**
     * A parsed token. Its tag is not verified yet.
     *
     * @param keyId the id of the key that verifies the tag
     * @param partner the id of the partner that requested the token
     */
    record Decoded(byte[] bytes, String keyId, Instant expiry, UUID partner) {

        /** Returns whether the tag was made with this key, for this partner and user with their current stamps. */
        boolean isGenuine(MacKey key, Partner issuer, User user) {
            return MessageDigest.isEqual(
                    tag(key, bytes, issuer, user),
                    Arrays.copyOfRange(bytes, SIGNED_LENGTH, SIGNED_LENGTH + TAG_LENGTH));
        }
    }

    /** Parses a token; empty if it is not of this form and version. */
    static Optional<Decoded> decode(String text) {
        if (!TOKEN.matcher(text).matches()) {
            return Optional.empty();
        }
        ByteBuffer token = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        if (token.get() != VERSION) {
            return Optional.empty();
        }
        String keyId = Integer.toString(Byte.toUnsignedInt(token.get()));
        Instant expiry = Instant.ofEpochSecond(Integer.toUnsignedLong(token.getInt()));
        token.position(SIGNED_LENGTH - 2 * Long.BYTES);
        return Optional.of(new Decoded(token.array(), keyId, expiry, new UUID(token.getLong(), token.getLong())));
    }

    private static byte[] tag(MacKey key, byte[] token, Partner partner, User user) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM, PROVIDER);
            mac.init(key.secret());
            mac.update(CONTEXT);
            mac.update(token, 0, SIGNED_LENGTH);
            ByteBuffer uuid = ByteBuffer.allocate(2 * Long.BYTES);
            put(uuid, user.uuid());
            mac.update(uuid.array());
            mac.update(user.stamp());
            return Arrays.copyOf(mac.doFinal(partner.stamp()), TAG_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }

    private static Provider provider() {
        try {
            return Mac.getInstance(ALGORITHM).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }

    private static void put(ByteBuffer target, UUID uuid) {
        target.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }
}

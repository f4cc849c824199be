package dev.logintoken.server.token;

import dev.logintoken.server.key.Key;

import javax.crypto.spec.SecretKeySpec;

/**
 * A key, ready to authenticate tokens.
 *
 * @param id part of each token
 * @param secret the key for HMAC-SHA256
 */
public record MacKey(byte id, SecretKeySpec secret) {

    /** Prepares a key. Its id has to be a number from 0 to 255. */
    public static MacKey of(Key key) {
        return new MacKey(
                (byte) Integer.parseInt(key.id()), new SecretKeySpec(key.secret(), LoginTokenCodec.ALGORITHM));
    }

    @Override
    public String toString() {
        return "MacKey[" + Byte.toUnsignedInt(id) + "]";
    }
}

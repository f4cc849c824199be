package dev.logintoken.server.key;

import java.time.Instant;

/**
 * A secret key. It verifies from the moment that it is known, so that all nodes know it before one of them signs.
 *
 * @param id names it in what it signs; a number from 0 to 255 if it is for login tokens
 * @param secret 32 random bytes
 * @param signsFrom when it begins to sign; it ends when a later one begins
 * @param verifiesUntil the first moment at which nothing that it signed is accepted any more
 */
public record Key(String id, byte[] secret, Instant signsFrom, Instant verifiesUntil) {

    /** How long a secret is, in bytes. */
    public static final int LENGTH = 32;

    @Override
    public String toString() {
        return "Key[" + id + "]";
    }
}

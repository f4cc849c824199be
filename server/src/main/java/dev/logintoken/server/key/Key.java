package dev.logintoken.server.key;

import java.time.Instant;

/**
 * A secret key. It verifies as soon as a node knows it, so all nodes know it before any of them signs with it.
 *
 * @param id the key's name in what it signs; for login tokens a number from 0 to 255
 * @param secret 32 random bytes
 * @param signsFrom when it begins to sign; it stops signing when a later key begins
 * @param verifiesUntil when it stops verifying: nothing that it signed is accepted from then on
 */
public record Key(String id, byte[] secret, Instant signsFrom, Instant verifiesUntil) {

    /** The length of a secret, in bytes. */
    public static final int LENGTH = 32;

    @Override
    public String toString() {
        return "Key[" + id + "]";
    }
}

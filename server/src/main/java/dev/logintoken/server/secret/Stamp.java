package dev.logintoken.server.secret;

import java.security.SecureRandom;

/**
 * Makes stamps. Each login token of a user or partner is signed together with their stamps. A new stamp makes all
 * outstanding tokens worthless.
 */
public final class Stamp {

    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Stamp() {}

    /** Returns a new stamp of 16 random bytes. */
    public static byte[] random() {
        byte[] stamp = new byte[BYTES];
        RANDOM.nextBytes(stamp);
        return stamp;
    }
}

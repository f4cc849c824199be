package dev.logintoken.server.secret;

import java.security.SecureRandom;

/** What is signed along with each login token of a user or partner; a new one makes all outstanding ones worthless. */
public final class Stamp {

    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Stamp() {}

    /** A new one, of 16 random bytes. */
    public static byte[] random() {
        byte[] stamp = new byte[BYTES];
        RANDOM.nextBytes(stamp);
        return stamp;
    }
}

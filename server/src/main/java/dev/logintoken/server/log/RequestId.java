package dev.logintoken.server.log;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The request id, by which the log can be searched. It is the caller's id if that is harmless, otherwise our own. */
public final class RequestId {

    /** The header with the id, in requests and in every response. */
    public static final String HEADER = "X-Request-Id";

    private static final int MAX_LENGTH = 64;

    private RequestId() {}

    /**
     * Returns the id of an exchange.
     *
     * @param given the id that the caller sent, if any
     */
    public static String of(@Nullable String given) {
        return given != null && harmless(given) ? given : random().toString();
    }

    /** Returns whether an id has 1 to 64 letters, digits and hyphens. */
    private static boolean harmless(String id) {
        for (int i = 0; i < id.length(); i++) {
            char character = id.charAt(i);
            if ((character < 'a' || character > 'z')
                    && (character < '0' || character > '9')
                    && (character < 'A' || character > 'Z')
                    && character != '-') {
                return false;
            }
        }
        return !id.isEmpty() && id.length() <= MAX_LENGTH;
    }

    /** Returns a UUID of version 4. It need not be hard to guess, so it costs no secure randomness. */
    private static UUID random() {
        ThreadLocalRandom source = ThreadLocalRandom.current();
        return new UUID(
                (source.nextLong() & 0xffffffff_ffff0fffL) | 0x4000L,
                (source.nextLong() & 0x3fffffff_ffffffffL) | 0x80000000_00000000L);
    }
}

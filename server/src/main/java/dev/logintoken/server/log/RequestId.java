package dev.logintoken.server.log;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The id by which an exchange is found in the log: the caller's if it is harmless, else ours. */
public final class RequestId {

    /** Carries the id in requests and in every response. */
    public static final String HEADER = "X-Request-Id";

    /** Where SLF4J's MDC holds the id of the exchange that a thread is busy with. */
    public static final String MDC = "request";

    private static final int MAX_LENGTH = 64;

    private RequestId() {}

    /**
     * The id of an exchange.
     *
     * @param given what the caller sent as its id, if anything
     */
    public static String of(@Nullable String given) {
        return given != null && harmless(given) ? given : random().toString();
    }

    /** Whether it is 1 to 64 letters, digits and hyphens. */
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

    /** A UUID of version 4 that need not be hard to guess, and costs no secure randomness. */
    private static UUID random() {
        ThreadLocalRandom source = ThreadLocalRandom.current();
        return new UUID(
                (source.nextLong() & 0xffffffff_ffff0fffL) | 0x4000L,
                (source.nextLong() & 0x3fffffff_ffffffffL) | 0x80000000_00000000L);
    }
}

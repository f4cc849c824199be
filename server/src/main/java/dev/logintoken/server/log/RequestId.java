package dev.logintoken.server.log;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The id by which an exchange is found in the log: the caller's if it is harmless, else ours. */
public final class RequestId {

    /** Carries the id in requests and in every response. */
    public static final String HEADER = "X-Request-Id";

    /** Where SLF4J's MDC holds the id of the exchange that a thread is busy with. */
    public static final String MDC = "request";

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private RequestId() {}

    /**
     * The id of an exchange.
     *
     * @param given what the caller sent as its id, if anything
     */
    public static String of(@Nullable String given) {
        return given != null && HARMLESS.matcher(given).matches() ? given : random().toString();
    }

    /** A UUID of version 4 that need not be hard to guess, and costs no secure randomness. */
    private static UUID random() {
        ThreadLocalRandom source = ThreadLocalRandom.current();
        return new UUID(
                (source.nextLong() & 0xffffffff_ffff0fffL) | 0x4000L,
                (source.nextLong() & 0x3fffffff_ffffffffL) | 0x80000000_00000000L);
    }
}

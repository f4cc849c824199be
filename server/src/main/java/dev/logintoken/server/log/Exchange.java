package dev.logintoken.server.log;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The exchange that a thread serves, from the request's arrival to the line in the access log. One thread serves an
 * exchange to its end, so no code has to pass it on.
 */
public final class Exchange {

    private static final ThreadLocal<Exchange> CURRENT = new ThreadLocal<>();

    private final String id;
    private final long begin = System.nanoTime();
    private @Nullable UUID partner;
    private boolean recorded;

    private Exchange(String id) {
        this.id = id;
    }

    /**
     * Begins an exchange in this thread.
     *
     * @param given the request id that the caller sent, if any
     */
    public static Exchange begin(@Nullable String given) {
        Exchange exchange = new Exchange(RequestId.of(given));
        CURRENT.set(exchange);
        return exchange;
    }

    /** Ends the exchange of this thread. */
    public static void end() {
        CURRENT.remove();
    }

    /** Returns the exchange of this thread. Code that runs outside of any gets a new one. */
    public static Exchange current() {
        Exchange exchange = CURRENT.get();
        return exchange == null ? new Exchange(RequestId.of(null)) : exchange;
    }

    /** Returns the request id, which the answer and the log share. */
    public String id() {
        return id;
    }

    /** Returns the time since the request arrived. */
    public Duration duration() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Notes who calls. */
    public void calledBy(UUID caller) {
        partner = caller;
    }

    /** Returns the calling partner, once it is known. */
    public Optional<UUID> partner() {
        return Optional.ofNullable(partner);
    }

    /** Records that the access log has a line for this exchange. */
    public void recorded() {
        recorded = true;
    }

    /** Returns whether the access log has a line for this exchange. */
    public boolean isRecorded() {
        return recorded;
    }
}

package dev.logintoken.server.http;

import jakarta.servlet.ServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;

import java.time.Duration;

/** A request on its way through the service, and what is known of its answer. One thread at a time uses it. */
public final class Exchange {

    private static final String ATTRIBUTE = Exchange.class.getName();

    private final String id;
    private final long begin = System.nanoTime();
    private boolean recorded;

    Exchange(String id) {
        this.id = id;
    }

    /** Returns the exchange that a request belongs to. */
    public static Exchange of(ContainerRequestContext request) {
        return (Exchange) request.getProperty(ATTRIBUTE);
    }

    void attachTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Returns the id that the answer and the log have in common. */
    public String id() {
        return id;
    }

    /** Returns the time since the request came in. */
    public Duration duration() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Notes that the log has the exchange's line. */
    public void recorded() {
        recorded = true;
    }

    boolean isRecorded() {
        return recorded;
    }
}

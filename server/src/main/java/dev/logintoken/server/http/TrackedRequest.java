package dev.logintoken.server.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;

import java.time.Duration;

/**
 * Tracks a request from its arrival to its line in the access log: id, duration, and whether the line was written. One
 * thread at a time uses it.
 */
public final class TrackedRequest {

    private static final String ATTRIBUTE = TrackedRequest.class.getName();

    private final String id;
    private final long begin = System.nanoTime();
    private boolean recorded;

    TrackedRequest(String id) {
        this.id = id;
    }

    /** Returns what is tracked of a request. */
    public static TrackedRequest of(ContainerRequestContext request) {
        return (TrackedRequest) request.getProperty(ATTRIBUTE);
    }

    /** Returns the id of a request. */
    public static String id(HttpServletRequest request) {
        return ((TrackedRequest) request.getAttribute(ATTRIBUTE)).id;
    }

    void attachTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Returns the request id, which the answer and the log share. */
    public String id() {
        return id;
    }

    /** Returns the time since the request arrived. */
    public Duration duration() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Records that the access log has a line for this request. */
    public void recorded() {
        recorded = true;
    }

    boolean isRecorded() {
        return recorded;
    }
}

package dev.logintoken.server.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;

import java.time.Duration;

/** An exchange: a request and what is known of its answer. One thread at a time uses it. */
public final class Exchange {

    private static final String ATTRIBUTE = Exchange.class.getName();

    private final String id;
    private final long begin = System.nanoTime();
    private boolean recorded;

    Exchange(String id) {
        this.id = id;
    }

    /** Returns the exchange of a request. */
    public static Exchange of(ContainerRequestContext request) {
        return (Exchange) request.getProperty(ATTRIBUTE);
    }

    /** Returns the id of a request. */
    public static String id(HttpServletRequest request) {
        return ((Exchange) request.getAttribute(ATTRIBUTE)).id;
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

    /** Records that the access log has a line for this exchange. */
    public void recorded() {
        recorded = true;
    }

    boolean isRecorded() {
        return recorded;
    }
}

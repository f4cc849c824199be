package dev.logintoken.launcher.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends a request whose body the application did not read to its end. The answer says {@code Connection: close}. What is
 * still arriving then is read and discarded, without a thread. Otherwise the system resets the connection, and the
 * caller may lose the answer (RFC 9112, 9.6).
 */
final class RestOfBody extends Callback.Nested implements Invocable.Task {

    private static final long MAX_DISCARDED_BYTES = 16 * 1024 * 1024;
    private static final long DEADLINE_SECONDS = 5;

    private final Request request;

    /** Whether the answer is sent. Guarded by this, like the other fields. */
    private boolean answered;

    /** Whether Jetty calls {@link #run} when more has arrived. */
    private boolean demanded;

    private boolean ended;
    private long discarded;
    private Scheduler.@Nullable Task deadline;

    /**
     * Announces the end of the connection. The answer has to complete this object instead of the callback.
     *
     * @param request the request as Jetty reads it
     * @param callback completed when the rest is discarded
     * @param demanded whether content was demanded already. Then the caller calls {@link #run} once it arrives
     */
    RestOfBody(Request request, Response response, Callback callback, boolean demanded) {
        super(callback);
        this.request = request;
        this.demanded = demanded;
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }

    @Override
    public void succeeded() {
        synchronized (this) {
            answered = true;
            deadline =
                    request.getComponents().getScheduler().schedule(this::expire, DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
        if (discard()) {
            super.succeeded();
        }
    }

    @Override
    public void run() {
        synchronized (this) {
            demanded = false;
        }
        if (discard()) {
            super.succeeded();
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Discards what has arrived. Returns whether that was the rest, or enough. */
    private synchronized boolean discard() {
        while (answered && !demanded && !ended) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                demanded = true;
                request.demand(this);
                return false;
            }
            discarded += chunk.remaining();
            boolean last = chunk.isLast() || Content.Chunk.isFailure(chunk);
            chunk.release();
            if (last || discarded > MAX_DISCARDED_BYTES) {
                ended = true;
                if (deadline != null) {
                    deadline.cancel();
                }
                return true;
            }
        }
        return false;
    }

    private void expire() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        failed(new TimeoutException("The rest of the body does not arrive"));
    }
}

package dev.logintoken.launcher.http;

import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.NanoTime;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Closes connections whose callers do not read their answers, while all threads are busy. An answer is sent in the
 * thread of its request, at most 32 KiB in one write. A write that takes longer than a second is given up. It does not
 * help a caller to read a few bytes now and then, in contrast to an idle timeout.
 */
final class StalledAnswers extends LowResourceMonitor {

    private static final int PERIOD_MILLIS = 250;
    private static final long MAX_WRITE_MILLIS = 1_000;

    private final Connector connector;

    /** Writes that had not ended when they were last looked at. */
    private Map<EndPoint, Write> pending = new HashMap<>();

    StalledAnswers(Server server, Connector connector) {
        super(server);
        this.connector = connector;
        setPeriod(PERIOD_MILLIS);
        addLowResourceCheck(new BusyThreads(server));
    }

    @Override
    protected void monitor() {
        super.monitor();
        Map<EndPoint, Write> before = pending;
        pending = new HashMap<>();
        if (isLowOnResources()) {
            for (EndPoint caller : connector.getConnectedEndPoints()) {
                look(caller, before);
            }
        }
    }

    private void look(EndPoint caller, Map<EndPoint, Write> before) {
        if (!(caller instanceof AbstractEndPoint writing)
                || !writing.getWriteFlusher().isPending()) {
            return;
        }
        Write now = new Write(caller.getConnection().getBytesOut(), NanoTime.now());
        Write first = before.getOrDefault(caller, now);
        if (first.bytesBefore != now.bytesBefore) {
            first = now;
        }
        pending.put(caller, first);
        if (NanoTime.millisSince(first.seen) >= MAX_WRITE_MILLIS) {
            caller.close(new TimeoutException("The caller does not read the answer while all threads are busy"));
        }
    }

    /** Idle timeouts stay as they are: idle connections hold no thread. */
    @Override
    protected void setLowResources() {}

    @Override
    protected void clearLowResources() {}

    /**
     * One write to a caller.
     *
     * @param bytesBefore what the connection's answers have had by then, this write included
     * @param seen when it was first seen
     */
    private record Write(long bytesBefore, long seen) {}

    /** The reason has no numbers, so that the log has one line for it. */
    private record BusyThreads(Server server) implements LowResourceCheck {

        @Override
        public boolean isLowOnResources() {
            return server.getThreadPool().isLowOnThreads();
        }

        @Override
        public String getReason() {
            return "all threads are busy";
        }
    }
}

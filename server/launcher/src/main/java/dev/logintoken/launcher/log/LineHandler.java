package dev.logintoken.launcher.log;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Writes events to standard error, in a thread of its own. The events of one millisecond are written together, since a
 * write costs more than its content. A publishing thread does not wait, with two exceptions: too many events are
 * waiting, or the handler was closed. The JVM closes it when the process ends.
 */
final class LineHandler extends Handler {

    private static final int MAX_WAITING_LINES = 10_000;
    private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final OutputStream out;
    private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Thread writer = new Thread(this::writeForEver, "login-token-log");
    private volatile boolean idle;
    private volatile boolean closed;

    LineHandler() {
        this(new FileOutputStream(FileDescriptor.err));
    }

    LineHandler(OutputStream out) {
        this.out = out;
        setFormatter(new LineFormatter());
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void publish(LogRecord event) {
        if (isLoggable(event)) {
            waiting.add(getFormatter().format(event).getBytes(StandardCharsets.UTF_8));
            if (count.incrementAndGet() > MAX_WAITING_LINES || closed) {
                flush();
            } else if (idle) {
                LockSupport.unpark(writer);
            }
        }
    }

    /** Returns once all events published earlier are written. */
    @Override
    public void flush() {
        synchronized (out) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (byte[] line = waiting.poll(); line != null; line = waiting.poll()) {
                count.decrementAndGet();
                lines.writeBytes(line);
            }
            try {
                lines.writeTo(out);
            } catch (IOException e) {
                reportError("The log cannot be written", e, ErrorManager.WRITE_FAILURE);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        flush();
    }

    private void writeForEver() {
        while (true) {
            idle = true;
            if (waiting.isEmpty()) { // Who publishes from now on sees that this thread is idle.
                LockSupport.park(this);
            }
            idle = false;
            LockSupport.parkNanos(this, GATHERING_NANOS);
            flush();
        }
    }
}

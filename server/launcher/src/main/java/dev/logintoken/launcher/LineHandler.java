package dev.logintoken.launcher;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Writes events to the standard error. Threads do not wait for each other, as they do with {@code ConsoleHandler}: one that
 * finds another writing leaves its event to that one, which writes it next. Only if too many pile up, they wait.
 */
final class LineHandler extends Handler {

    private static final int TOO_MANY = 10_000;

    private final OutputStream out;
    private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock writing = new ReentrantLock();

    LineHandler() {
        this(new FileOutputStream(FileDescriptor.err));
    }

    LineHandler(OutputStream out) {
        this.out = out;
        setFormatter(new LineFormatter());
    }

    @Override
    public void publish(LogRecord event) {
        if (isLoggable(event)) {
            waiting.add(getFormatter().format(event).getBytes(StandardCharsets.UTF_8));
            if (count.incrementAndGet() > TOO_MANY) {
                flush();
            } else {
                write();
            }
        }
    }

    /** Returns once all that was published before is written. */
    @Override
    public void flush() {
        writing.lock();
        try {
            writeAll();
        } finally {
            writing.unlock();
        }
        write();
    }

    @Override
    public void close() {
        flush();
    }

    /** Looks again after each unlocking, because somebody may have come in vain meanwhile. */
    private void write() {
        while (!waiting.isEmpty() && writing.tryLock()) {
            try {
                writeAll();
            } finally {
                writing.unlock();
            }
        }
    }

    private void writeAll() {
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

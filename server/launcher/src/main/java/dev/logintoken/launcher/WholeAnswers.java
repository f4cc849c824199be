package dev.logintoken.launcher;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Takes the application's answer into memory, and sends it when the application is done. So a caller who does not read
 * occupies a connection, but no thread. An answer has to be sent within a deadline. If callers leave too much unread,
 * those who wait longest lose their connections.
 */
final class WholeAnswers extends Handler.Wrapper {

    /** The JDK keeps a buffer of the size of the largest write for each thread. */
    private static final int MAX_WRITE_BYTES = 32 * 1024;

    private final long maxUnreadBytes;
    private final Duration deadline;

    /** Answers that were not sent at once, the oldest first. Guards itself and the next field. */
    private final Set<Answer> unread = new LinkedHashSet<>();

    private long unreadBytes;

    WholeAnswers(Handler handler, long maxUnreadBytes, Duration deadline) {
        super(handler);
        this.maxUnreadBytes = maxUnreadBytes;
        this.deadline = deadline;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Answer answer = new Answer(request, response, callback);
        // In a task of its own: Jetty handles the next request of the connection in the thread that sends the answer.
        // So a
        // connection with many requests waits in line with the others.
        return super.handle(
                request, answer, Callback.from(() -> request.getContext().execute(answer::send), callback::failed));
    }

    /** Keeps an answer until it is sent, and closes the connections of the oldest if there are too many. */
    private void keep(Answer answer) {
        List<Answer> tooMany = new ArrayList<>();
        synchronized (unread) {
            if (answer.settled) {
                return;
            }
            unread.add(answer);
            unreadBytes += answer.size;
            answer.expiry = answer.getRequest()
                    .getComponents()
                    .getScheduler()
                    .schedule(answer::giveUp, deadline.toMillis(), TimeUnit.MILLISECONDS);
            long excess = unreadBytes - maxUnreadBytes;
            for (Answer oldest : unread) {
                if (excess <= 0 || oldest == answer) {
                    break;
                }
                tooMany.add(oldest);
                excess -= oldest.size;
            }
        }
        tooMany.forEach(Answer::giveUp);
    }

    private void forget(Answer answer) {
        synchronized (unread) {
            answer.settled = true;
            if (unread.remove(answer)) {
                unreadBytes -= answer.size;
            }
            if (answer.expiry != null) {
                answer.expiry.cancel();
            }
        }
    }

    /** One answer: it collects the content, then sends it. */
    private final class Answer extends Response.Wrapper {

        private final Callback callback;
        private final Queue<ByteBuffer> pieces = new ArrayDeque<>();
        private boolean written;
        private boolean lastWritten;

        private long size;

        /** Whether the answer was sent or given up. Guarded by the unread ones, like the next field. */
        private boolean settled;

        private Scheduler.@Nullable Task expiry;

        Answer(Request request, Response response, Callback callback) {
            super(request, response);
            this.callback = callback;
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer content, Callback taken) {
            written = true;
            lastWritten |= last;
            if (content != null && content.hasRemaining()) {
                size += content.remaining();
                pieces.add(ByteBuffer.allocate(content.remaining()).put(content).flip());
            }
            taken.succeeded();
        }

        @Override
        public boolean isCommitted() {
            return written || super.isCommitted();
        }

        @Override
        public boolean hasLastWrite() {
            return lastWritten || super.hasLastWrite();
        }

        /** Sends what was collected, unless nothing was: then Jetty ends the answer. */
        void send() {
            if (!written) {
                callback.succeeded();
                return;
            }
            new Sending().iterate();
            keep(this);
        }

        /** Closes the connection. This ends the sending with a failure. */
        void giveUp() {
            getRequest().getConnectionMetaData().getConnection().getEndPoint().close();
        }

        /** Writes piece after piece, without waiting. */
        private final class Sending extends IteratingCallback {

            private @Nullable ByteBuffer piece = pieces.poll();
            private boolean ended;

            @Override
            protected Action process() {
                if (ended) {
                    return Action.SUCCEEDED;
                }
                ByteBuffer part = BufferUtil.EMPTY_BUFFER;
                if (piece != null) {
                    int length = Math.min(MAX_WRITE_BYTES, piece.remaining());
                    part = piece.slice(piece.position(), length);
                    piece.position(piece.position() + length);
                    if (!piece.hasRemaining()) {
                        piece = pieces.poll();
                    }
                }
                ended = piece == null;
                getWrapped().write(ended, part, this);
                return Action.SCHEDULED;
            }

            @Override
            protected void onCompleteSuccess() {
                forget(Answer.this);
                callback.succeeded();
            }

            @Override
            protected void onCompleteFailure(Throwable failure) {
                forget(Answer.this);
                callback.failed(failure);
            }
        }
    }
}

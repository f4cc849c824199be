package dev.logintoken.launcher.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Passes a request to the application only once its body has arrived. So a slow caller occupies a connection, but no
 * thread. A body has to be complete within a deadline, which also sets the minimum rate for the longest body. Jetty's
 * {@code EagerContentHandler} is similar, but has no deadline and keeps a whole buffer for each piece that arrives.
 */
final class WholeBodies extends Handler.Wrapper {

    /** One byte more than the application reads. The rest of a longer body is discarded after the answer. */
    private static final int MAX_BYTES = 16 * 1024 + 1;

    private static final long DEADLINE_SECONDS = 10;

    WholeBodies(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        for (String coding : request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING)) {
            if (!HttpHeaderValue.CHUNKED.is(coding)) { // RFC 9112, 6.1. Jetty alone would not decode the others.
                new Body(request, response, callback).refuse(HttpStatus.NOT_IMPLEMENTED_501);
                return true;
            }
        }
        if (!hasBody(request)) {
            return super.handle(request, response, callback);
        }
        Body body = new Body(request, response, callback);
        // The application refuses a body that is declared too long, without reading it.
        if (request.getLength() >= MAX_BYTES) {
            body.giveUnread();
        } else {
            body.load();
        }
        return true;
    }

    private static boolean hasBody(Request request) {
        for (HttpField field : request.getHeaders()) {
            HttpHeader header = field.getHeader();
            if (header == HttpHeader.TRANSFER_ENCODING
                    || (header == HttpHeader.CONTENT_LENGTH && field.getLongValue() > 0)) {
                return true;
            }
        }
        return false;
    }

    private boolean next(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, response, callback);
    }

    /** One request: it collects the body, then passes it to the application. */
    private final class Body extends Request.Wrapper implements Invocable.Task {

        private final Response response;
        private final Callback callback;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final Scheduler.Task deadline;

        /** Whether the needed part of the body has arrived, or was given up. Guarded by this. */
        private boolean settled;

        /** Whether Jetty calls {@link #run} when more has arrived. Guarded by this, like the next field. */
        private boolean demanded;

        private @Nullable RestOfBody rest;

        private boolean complete;
        private boolean given;

        Body(Request request, Response response, Callback callback) {
            super(request);
            this.response = response;
            this.callback = callback;
            this.deadline =
                    request.getComponents().getScheduler().schedule(this::expire, DEADLINE_SECONDS, TimeUnit.SECONDS);
        }

        /** Reads what has arrived already; nearly always that is the whole body. */
        void load() {
            if (receive()) {
                give();
            }
        }

        /**
         * Reads more when more has arrived. This may run in a selector's thread, where the application must not run.
         */
        @Override
        public void run() {
            Optional<RestOfBody> refused = arrived();
            if (refused.isPresent()) {
                refused.get().run();
            } else if (receive()) {
                getContext().execute(this::give);
            }
        }

        private synchronized Optional<RestOfBody> arrived() {
            demanded = false;
            return Optional.ofNullable(rest);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        /** Returns whether the application can run now. */
        private synchronized boolean receive() {
            while (!settled) {
                Content.Chunk chunk = getWrapped().read();
                if (chunk == null) {
                    demanded = true;
                    getWrapped().demand(this);
                    return false;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    boolean late = chunk.getFailure() instanceof TimeoutException;
                    refuse(late ? HttpStatus.REQUEST_TIMEOUT_408 : HttpStatus.BAD_REQUEST_400);
                    return false;
                }
                keep(chunk);
                complete = chunk.isLast();
                if (complete || received.size() >= MAX_BYTES) {
                    settled = true;
                    deadline.cancel();
                    return true;
                }
            }
            return false;
        }

        private void keep(Content.Chunk chunk) {
            byte[] bytes = new byte[chunk.remaining()];
            chunk.getByteBuffer().get(bytes);
            chunk.release();
            received.writeBytes(bytes);
        }

        private synchronized void expire() {
            if (!settled) {
                refuse(HttpStatus.REQUEST_TIMEOUT_408);
            }
        }

        synchronized void refuse(int status) {
            settled = true;
            deadline.cancel();
            RestOfBody end = new RestOfBody(getWrapped(), response, callback, demanded);
            rest = end;
            Response.writeError(this, response, end, status);
        }

        /** Passes on the request at once. If the application reads the body, it waits for it. */
        void giveUnread() {
            deadline.cancel();
            given = true;
            give();
        }

        private void give() {
            Callback end = complete ? callback : new RestOfBody(getWrapped(), response, callback, false);
            try {
                if (!next(this, response, end)) {
                    Response.writeError(this, response, end, HttpStatus.NOT_FOUND_404);
                }
            } catch (Throwable e) { // As Jetty does for a handler that it called by itself.
                Response.writeError(this, response, end, e);
            }
        }

        /** Returns whether nothing is left. It leaves the rest to {@link RestOfBody}. */
        @Override
        public boolean consumeAvailable() {
            return complete;
        }

        @Override
        public Content.Chunk read() {
            if (!given) {
                given = true;
                return Content.Chunk.from(ByteBuffer.wrap(received.toByteArray()), complete);
            }
            return complete ? Content.Chunk.EOF : super.read();
        }

        @Override
        public void demand(Runnable onContent) {
            if (given && !complete) {
                super.demand(onContent);
            } else {
                onContent.run();
            }
        }
    }
}

package dev.logintoken.launcher.http;

import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers with malformed headers beside callers with right ones. The threads of a malformed request are slowed down
 * where the system could suspend them, so that what is rare otherwise happens at once.
 */
final class RequestBuffersTest {

    private static final int CALLERS = 6;
    private static final int REQUESTS = 60;
    private static final int MAX_WAIT_MILLIS = 20_000;

    @Test
    void eachRequestIsHandledOnceAndItsAnswerReachesItsCaller() throws Exception {
        HttpConnectionFactory protocol = new HttpConnectionFactory();
        RequestBuffers.use(protocol);
        assertThat(wrongAnswers(new RequestBuffers(), protocol)).isZero();
    }

    /** If this fails, Jetty has mended its fault, and {@link RequestBuffers} can go. */
    @Test
    void jettysOwnBuffersHandleARequestTwice() throws Exception {
        assertThat(wrongAnswers(new ArrayByteBufferPool(), new HttpConnectionFactory()))
                .isPositive();
    }

    private static int wrongAnswers(ByteBufferPool buffers, HttpConnectionFactory protocol) throws Exception {
        Handled handled = new Handled();
        Server server = new Server(new SlowToGoOn(), null, buffers);
        ServerConnector connector = new SlowToRead(server, protocol);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        server.setHandler(new WholeBodies(handled));
        server.start();
        List<Callable<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            String name = "caller-" + i;
            callers.add(() -> malformed(connector.getLocalPort()));
            callers.add(() -> wellFormed(connector.getLocalPort(), name));
        }
        ExecutorService threads = Executors.newFixedThreadPool(callers.size());
        try {
            List<Future<Integer>> ends = callers.stream().map(threads::submit).toList();
            while (handled.again.get() == 0 && !ends.stream().allMatch(Future::isDone)) {
                pause(10);
            }
            int wrong = handled.again.get();
            for (Future<Integer> caller : wrong == 0 ? ends : List.<Future<Integer>>of()) {
                wrong += caller.get();
            }
            assertThat(handled.ids).isNotEmpty();
            return wrong;
        } finally {
            threads.shutdownNow();
            server.stop();
        }
    }

    private static int malformed(int port) throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(MAX_WAIT_MILLIS);
                send(socket, "GET / HTTP/1.1\r\nHost: x\r\nb@d header\r\n\r\n");
                socket.getInputStream().readAllBytes();
            }
        }
        return 0;
    }

    /** Returns 1 if an answer was another one's, or none. */
    private static int wellFormed(int port, String name) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(MAX_WAIT_MILLIS);
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int i = 0; i < REQUESTS; i++) {
                String id = name + "-" + i;
                send(socket, "POST /" + id + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
                if (!answers.lines().takeWhile(line -> !line.isEmpty()).toList().contains("X-Request-Id: " + id)) {
                    return 1;
                }
            }
            return 0;
        } catch (IOException | UncheckedIOException e) {
            return 1;
        }
    }

    private static void send(Socket socket, String request) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void pause(int milliseconds) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(milliseconds));
    }

    private static boolean calledBy(String method) {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(
                        frame -> (frame.getClassName() + '.' + frame.getMethodName()).endsWith(method)));
    }

    /** Answers with the id of the request, and counts requests that were here before. */
    private static final class Handled extends Handler.Abstract {

        private final Set<String> ids = ConcurrentHashMap.newKeySet();
        private final AtomicInteger again = new AtomicInteger();

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String id = Request.getPathInContext(request).substring(1);
            if (!ids.add(id)) {
                again.incrementAndGet();
            }
            Content.Source.asString(request, StandardCharsets.UTF_8);
            pause(12);
            response.getHeaders().put("X-Request-Id", id);
            response.getHeaders().put("Content-Length", 0);
            response.write(true, null, callback);
            return true;
        }
    }

    /** The thread that has read a malformed header goes on only after another one has answered it. */
    private static final class SlowToGoOn extends QueuedThreadPool {

        @Override
        public boolean tryExecute(Runnable task) {
            boolean executed = super.tryExecute(task);
            if (calledBy(".badMessage")) {
                pause(5);
            }
            return executed;
        }
    }

    /** The thread that looks for the next request of a connection, after an answer, is slow in between. */
    private static final class SlowToRead extends ServerConnector {

        SlowToRead(Server server, HttpConnectionFactory http) {
            super(server, http);
        }

        @Override
        protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            SocketChannelEndPoint caller = new SocketChannelEndPoint(channel, selector, key, getScheduler()) {
                @Override
                public SocketChannel getChannel() {
                    if (calledBy(".fill") && calledBy("HttpConnection.run")) {
                        pause(10);
                    }
                    return super.getChannel();
                }
            };
            caller.setIdleTimeout(getIdleTimeout());
            return caller;
        }
    }
}

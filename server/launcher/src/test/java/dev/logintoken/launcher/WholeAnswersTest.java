package dev.logintoken.launcher;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

final class WholeAnswersTest {

    /** More than a connection's buffers take. */
    private static final int LARGE = 16 * 1024 * 1024;

    private static final Duration NEVER = Duration.ofHours(1);

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void aLargeAnswerArrivesWhole() throws Exception {
        start(1, NEVER);
        try (Socket reader = ask()) {
            assertThat(read(reader)).isGreaterThan(LARGE);
        }
    }

    @Test
    void anAnswerThatNobodyReadsIsGivenUp() throws Exception {
        start(Long.MAX_VALUE, Duration.ofMillis(100));
        try (Socket idle = ask()) {
            awaitConnections(0);
            assertThat(read(idle)).isLessThan(LARGE);
        }
    }

    @Test
    void ifTooMuchIsUnreadTheOldestIsGivenUp() throws Exception {
        start(LARGE * 3L / 2, NEVER);
        try (Socket oldest = ask();
                Socket newest = ask()) {
            awaitConnections(1);
            assertThat(read(oldest)).isLessThan(LARGE);
            assertThat(read(newest)).isGreaterThan(LARGE);
        }
    }

    private void start(long maxUnreadBytes, Duration deadline) throws Exception {
        server.addConnector(connector);
        connector.setHost("127.0.0.1");
        server.setHandler(new WholeAnswers(new Large(), maxUnreadBytes, deadline));
        server.start();
    }

    /** Asks, and returns once the answer begins. */
    private Socket ask() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }

    private static long read(Socket socket) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        try {
            for (int n = 0; n >= 0; n = socket.getInputStream().read(buffer)) {
                total += n;
            }
        } catch (SocketException e) { // The server closed the connection before all was sent.
            return total;
        }
        return total;
    }

    private void awaitConnections(int count) throws InterruptedException {
        for (int i = 0; i < 1000 && connector.getConnectedEndPoints().size() != count; i++) {
            Thread.sleep(10);
        }
        assertThat(connector.getConnectedEndPoints()).hasSize(count);
    }

    private static final class Large extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Sink.write(response, true, "x".repeat(LARGE), callback);
            return true;
        }
    }
}

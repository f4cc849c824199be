package dev.logintoken.launcher;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

import static org.assertj.core.api.Assertions.assertThat;

/** Callers that send their bodies slowly or in pieces, or do not read their answers, hold up nobody else. */
final class SlowCallersIT extends LaunchedWar {

    @Test
    void aBodyThatDoesNotArriveInTimeIsGivenUp() throws Exception {
        String url = start();
        try (Socket slow = socket(url)) {
            write(slow, "POST /?0 HTTP/1.1\r\nHost: x\r\nContent-Length: 16384\r\n\r\nso");
            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 408 ")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .containsPattern("(?i)\r\nX-Request-Id: [0-9a-f-]{36}\r\n")
                    .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n")
                    .endsWith("\r\n\r\n" + GENERAL_ERROR);
            for (int i = 0; i < 10; i++) { // More arrives, and the connection is not reset.
                write(slow, "me");
                Thread.sleep(10);
            }
        }
        assertThat(get(url + "/any/path")).isEqualTo("/any/path");
    }

    /** The caller learns that the connection ends. It is not reset before the caller has sent all and read the answer. */
    @ParameterizedTest
    @CsvSource({
        "200, Content-Length: 1000000",
        "200, Transfer-Encoding: chunked",
        "501, 'Transfer-Encoding: gzip, chunked'",
    })
    void aBodyThatIsNotReadIsDiscardedAndTheConnectionEnds(int status, String framing) throws Exception {
        String body = "x".repeat(1_000_000);
        String sent = framing.startsWith("C") ? body : "f4240\r\n" + body + "\r\n0\r\n\r\n";
        try (Socket socket = socket(start())) {
            write(socket, "GET /unread HTTP/1.1\r\nHost: x\r\n" + framing + "\r\n\r\n" + sent.substring(0, 20_000));
            for (int at = 20_000; at < sent.length(); at += 100_000) {
                Thread.sleep(20);
                write(socket, sent.substring(at, Math.min(at + 100_000, sent.length())));
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 " + status + " ")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .endsWith("\r\n\r\n" + (status == 200 ? "/unread" : GENERAL_ERROR));
        }
    }

    @Test
    void aLongBodyThatNeverComesIsNotWaitedFor() throws Exception {
        assertThat(raw(start(), "GET /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\r\n\r\n/unread");
    }

    /** There are 200 threads at most. */
    @Test
    void slowCallersHoldNoThread() throws Exception {
        String url = start();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 250; i++) {
                slow.add(socket(url));
                write(slow.get(i), "POST /?0 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\ns");
            }
            assertThat(get(url + "/any/path")).isEqualTo("/any/path");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /**
     * There are 200 threads at most, and the answers are more than a connection's buffers hold. Some callers read a
     * little now and then, so that their connections are never idle.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 2_000})
    void callersWhoDoNotReadTheirAnswersLoseTheirConnectionsWhenAllThreadsAreBusy(int bytesNowAndThen)
            throws Exception {
        String url = start();
        List<Socket> slow = new ArrayList<>();
        Timer reader = new Timer(true);
        try {
            for (int i = 0; i < 250; i++) {
                Socket socket = new Socket();
                slow.add(socket);
                socket.setReceiveBufferSize(4 * 1024);
                socket.connect(new InetSocketAddress(
                        URI.create(url).getHost(), URI.create(url).getPort()));
                write(socket, "GET /large HTTP/1.1\r\nHost: x\r\n\r\n".repeat(80));
            }
            reader.schedule(readingFromEach(List.copyOf(slow), bytesNowAndThen), 0, 100);
            assertThat(get(url + "/any/path")).isEqualTo("/any/path");
        } finally {
            reader.cancel();
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 9", "Transfer-Encoding: chunked"})
    void aBodyThatArrivesInPiecesReachesTheApplicationWhole(String framing) throws Exception {
        String[] pieces = framing.startsWith("C")
                ? new String[] {"ab", "cde", "f", "ghi"}
                : new String[] {"2\r\nab\r\n3\r", "\ncde\r\n", "1\r\nf\r\n", "3\r\nghi\r\n0\r\n\r\n"};
        try (Socket socket = socket(start())) {
            write(socket, "POST /?0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + framing + "\r\n\r\n");
            for (String piece : pieces) {
                Thread.sleep(50);
                write(socket, piece);
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("abcdefghi");
        }
    }

    /** The application decides how large a body may be. */
    @Test
    void aLongBodyReachesTheApplicationAsItComes() throws Exception {
        String body = "x".repeat(100_000);
        assertThat(raw(
                        start(),
                        "POST /?0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n" + body))
                .endsWith("\r\n\r\n" + body);
    }

    private static TimerTask readingFromEach(List<Socket> sockets, int bytes) {
        return new TimerTask() {
            @Override
            public void run() {
                for (Socket socket : sockets) {
                    try {
                        InputStream answers = socket.getInputStream();
                        answers.readNBytes(Math.min(bytes, answers.available()));
                    } catch (IOException e) {
                        // The server closed it, as it should.
                    }
                }
            }
        };
    }
}

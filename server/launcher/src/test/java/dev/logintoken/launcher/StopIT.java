package dev.logintoken.launcher;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** How {@code java -jar} stops: what becomes of requests in flight and of its files. */
final class StopIT extends LaunchedWar {

    @ParameterizedTest
    @ValueSource(ints = {0, 2000})
    void aRequestInFlightIsAnsweredBeforeTheApplicationIsStopped(int millis) throws Exception {
        String url = start();
        try (Socket idle = socket(url);
                Socket busy = socket(url)) {
            write(idle, "GET /idle HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(idle.getInputStream().read()).isEqualTo('H');
            write(
                    busy,
                    "POST /?" + millis + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            // The code that waits for the body sends this.
            assertThat(busy.getInputStream().read()).isEqualTo('H');
            write(busy, "so");
            terminate();
            awaitNoConnections(url);
            assertThat(running().isAlive()).isTrue();
            assertThat(temporary).isNotEmptyDirectory();
            write(busy, "me");
            assertThat(new String(busy.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("HTTP/1.1 200")
                    .endsWith("some");
        }
        assertThat(output().readLine()).isEqualTo("probe is busy");
        assertThat(output().readLine()).isEqualTo("probe is done");
        assertThat(output().readLine()).isEqualTo("probe destroyed");
        assertEnded(143);
    }

    @Test
    void aRequestThatTakesLongerThanTheStopTimeoutIsGivenUp() throws Exception {
        String url = start("-Dlogintoken.http.stop-timeout=1");
        try (Socket busy = socket(url)) {
            write(busy, "POST /?60000 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
            assertThat(output().readLine()).isEqualTo("probe is busy");
            terminate();
            assertEnded(143);
            assertThat(output().lines()).containsExactly("probe destroyed");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 200, 400})
    void aStopDuringTheStartLeavesNothingBehind(int millis) throws Exception {
        launch("probe.war", List.of());
        while (!hasUnpacked()) {
            Thread.sleep(1);
        }
        Thread.sleep(millis);
        terminate();
        assertEnded(143);
    }

    private static void awaitNoConnections(String url) throws Exception {
        for (int i = 0; i < 500; i++) {
            try (Socket socket = socket(url)) {
                Thread.sleep(10);
            } catch (ConnectException e) {
                return;
            }
        }
        throw new AssertionError("It still accepts connections.");
    }

    private boolean hasUnpacked() throws IOException {
        try (Stream<Path> paths = Files.walk(temporary, 2)) {
            return paths.count() > 2;
        }
    }
}

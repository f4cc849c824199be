package dev.logintoken.launcher;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** A WAR with a small application, run by {@code java -jar}. Each test starts it with options of its own. */
abstract class LaunchedWar {

    static final String GENERAL_ERROR = "{\"errors\":[]}";

    /** Packed once for all classes, which run beside each other. */
    private static final class Archives {

        static final Path FOLDER = pack();

        private static Path pack() {
            try {
                Path folder = Files.createDirectories(Path.of("target/archives").toAbsolutePath());
                ProbeWar.pack(folder.resolve("probe.war"), true);
                ProbeWar.pack(folder.resolve("incomplete.war"), false);
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @TempDir
    Path temporary;

    @TempDir
    Path working;

    private @Nullable Process process;

    @AfterEach
    void endTheProcess() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Returns the base URL once the service answers. */
    String start(String... options) throws Exception {
        launch("probe.war", List.of(options));
        String ready = output().readLine();
        assertThat(ready).startsWith("login-token is ready at ");
        return ready.substring(ready.lastIndexOf(' ') + 1);
    }

    void launch(String archive, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // The process lasts for one test: the optimizing compiler would not pay.
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temporary,
                "-Dprobe.generalError=" + GENERAL_ERROR,
                "-Dlogintoken.http.port=0"));
        command.addAll(options);
        command.addAll(List.of("-jar", Archives.FOLDER.resolve(archive).toString()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .directory(working.toFile())
                .redirectError(working.resolve("stderr").toFile())
                .start();
    }

    /** Not by the process itself, which would close its output here and now. */
    void terminate() {
        running().toHandle().destroy();
    }

    Process running() {
        return requireNonNull(process);
    }

    BufferedReader output() {
        return running().inputReader();
    }

    List<String> complaints() throws IOException {
        return Files.readAllLines(working.resolve("stderr"));
    }

    void assertEnded(int status) throws Exception {
        assertThat(running().waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(running().exitValue()).as(this::stderr).isEqualTo(status);
        assertThat(temporary).isEmptyDirectory();
    }

    private String stderr() {
        try {
            return Files.readString(working.resolve("stderr"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    static String raw(String url, String request) throws IOException {
        try (Socket socket = socket(url)) {
            write(socket, request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static Socket socket(String url) throws IOException {
        URI uri = URI.create(url);
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}

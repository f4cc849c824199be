package dev.logintoken.contract.operator;

import dev.logintoken.contract.service.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The command {@code sandbox}, as a script uses it. */
final class SandboxCommandIT {

    private static final int SIGTERM = 143;

    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        processes.stream()
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Tag("slow")
    @Test
    void twoInOneFolderSayWhereTheyAnswer() throws Exception {
        Process first = sandbox("first", "--port", "0", "--ready-file", "first.url", "--log-file", "first.log");
        Process second = sandbox("second", "--ready-file", "second.url");
        String firstUrl = url("first", first);
        String secondUrl = url("second", second);
        assertThat(firstUrl).matches("http://127\\.0\\.0\\.1:\\d+").isNotEqualTo(secondUrl);
        assertThat(refusal(firstUrl)).contains("ER705");
        assertThat(refusal(secondUrl)).contains("ER705");

        assertThat(text("first.out")).isEqualTo("login-token is ready at " + firstUrl + "\n");
        assertThat(text("second.err")).as("a quiet log").isEmpty();
        assertThat(directory.resolve("data")).as("a database on the disk").doesNotExist();

        end(first, SIGTERM);
        end(second, SIGTERM);
        assertThat(text("first.log")).contains("ER705");
        assertThat(directory.resolve("first.url")).doesNotExist();
    }

    @Test
    void itEndsWhenItsStandardInputIsClosed() throws Exception {
        Process sandbox = sandbox("closing", "--ready-file", "closing.url", "--until-stdin-closes");
        url("closing", sandbox);
        sandbox.getOutputStream().close();
        assertThat(sandbox.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(sandbox.exitValue()).isZero();
        assertThat(directory.resolve("closing.url")).doesNotExist();
    }

    /** The parent is a shell that holds the pipe and is killed as by a power failure. */
    @Tag("slow")
    @Test
    void itEndsWithAParentThatIsKilled() throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "sh",
                "-c",
                "mkfifo pipe; \"$@\" < pipe & echo $! > pid; exec 3> pipe; while :; do read x; done",
                "sh"));
        words.addAll(Service.java(List.of(), List.of("sandbox", "--ready-file", "orphan.url", "--until-stdin-closes")));
        Process parent = started("orphan", words);
        url("orphan", parent);
        ProcessHandle sandbox =
                ProcessHandle.of(Long.parseLong(text("pid").strip())).orElseThrow();
        parent.destroyForcibly().waitFor();
        sandbox.onExit().get(30, TimeUnit.SECONDS);
        assertThat(sandbox.isAlive()).isFalse();
    }

    @Test
    void aStartThatFailsSaysWhyInOneLine() throws Exception {
        Process sandbox;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            sandbox = sandbox("failing", "--port", "" + taken.getLocalPort(), "--ready-file", "failing.url");
            assertThat(sandbox.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(sandbox.exitValue()).isEqualTo(1);
        assertThat(text("failing.err"))
                .startsWith("login-token does not start: It cannot listen")
                .hasLineCount(1);
        assertThat(directory.resolve("failing.url")).doesNotExist();
    }

    private Process sandbox(String name, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("sandbox"));
        words.addAll(List.of(options));
        return started(name, Service.java(List.of(), words));
    }

    private Process started(String name, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .redirectError(directory.resolve(name + ".err").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private String url(String name, Process process) throws Exception {
        Path file = directory.resolve(name + ".url");
        while (!Files.exists(file)) {
            assertThat(process.isAlive()).as(text(name + ".err")).isTrue();
            Thread.sleep(20);
        }
        return Files.readString(file).strip();
    }

    private String text(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private static void end(Process process, int status) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(status);
    }

    private static String refusal(String url) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/api/v1/user/login-token"))
                                .header("X-Api-Key", "sandbox-api-key")
                                .header("User-Identifier", "unlinked00000000000000000000000000000000")
                                .build(),
                        BodyHandlers.ofString());
        return answer.body();
    }
}

package dev.logintoken.contract.operator;

import dev.logintoken.contract.service.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

/** How the WAR starts and stops by {@code java -jar}; {@link RefusedStartsIT} has the starts that fail. */
final class StartIT {

    @TempDir
    private Path directory;

    @TempDir
    private Path temporary;

    @Test
    void aPlainStartIsASandboxWhoseCurlLinesWork() throws Exception {
        try (Service service = Service.startIn(directory, temporaryIn())) {
            List<String> lines = curlLines(service);
            assertThat(lines).isNotEmpty();
            for (String line : lines) {
                assertThat(run("sh", "-c", line)).contains("HTTP/1.1 ").contains("X-Request-Id");
            }
            assertThat(run("sh", "-c", lines.get(0)))
                    .contains("HTTP/1.1 200")
                    .containsPattern("\"uuid\":\"45b9313b-fa47-4786-baf1-62969dec31f2\"")
                    .containsPattern("\"token\":\"[A-Za-z0-9_-]{64}\"")
                    .containsPattern("\"expiryDate\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"");
        }
        assertThat(Files.getPosixFilePermissions(directory.resolve("data"))).isEqualTo(fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(directory.resolve("data/login-token.mv.db")))
                .isEqualTo(fromString("rw-------"));
    }

    @Test
    void aContextPathCanBeSetAndReachesTheBanner() throws Exception {
        try (Service service = Service.start("-Dlogintoken.http.context-path=/a/b")) {
            assertThat(service.url().getPath()).isEqualTo("/a/b");
            assertThat(run("sh", "-c", curlLines(service).get(0))).contains("HTTP/1.1 200");
        }
    }

    @Test
    void theTemporaryDirectoryIsGoneAfterAStop() throws Exception {
        try (Service service = Service.startIn(directory, temporaryIn())) {
            assertThat(service.url()).isNotNull();
            assertThat(temporary).isNotEmptyDirectory();
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aCleanerOfTheTemporaryDirectoryTakesNothingAway() throws Exception {
        try (Service service = Service.startIn(directory, temporaryIn())) {
            try (Stream<Path> files = Files.walk(temporary)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    if (!file.equals(temporary)) {
                        Files.delete(file);
                    }
                }
            }
            for (String path : List.of("/", "/docs", "/assets/page.css", "/openapi.json", "/en-gb/contact-support")) {
                assertThat(get(service, path).statusCode()).as(path).isEqualTo(200);
            }
            HttpRequest unlinked = HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/user/login-token"))
                    .header("X-Api-Key", "sandbox-api-key")
                    .header("User-Identifier", "unlinked00000000000000000000000000000000")
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(unlinked, BodyHandlers.ofString())
                            .body())
                    .contains("ER705");
            assertThat(post(
                                    service,
                                    "/api/v1/user/login",
                                    "{\"emailAddress\": \"active@example.com\","
                                            + " \"password\": \"active-password\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(post(service, "/api/v1/user/login-token/redeem", "{\"uuid\": \"x\", \"token\": \"x\"}")
                            .body())
                    .contains("ER713");
            assertThat(service.output()).doesNotContain("NoClassDefFoundError", "ClassNotFoundException");
        }
        assertThat(temporary).isEmptyDirectory();
    }

    private static HttpResponse<String> get(Service service, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(service.url() + path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(Service service, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("X-Api-Key", "sandbox-api-key")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void aRequestInFlightIsAnsweredBeforeTheEnd() throws Exception {
        String body = " ".repeat(1000) + "{\"username\": \"sandbox\", \"password\": \"sandbox-password\"}";
        Service service = Service.start();
        try (Socket socket = new Socket(service.url().getHost(), service.url().getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out.write(("POST /api/v1/authenticate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + body.length() + "\r\nExpect: 100-continue\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(in.readLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(in.readLine()).isEmpty();
            Thread stop = new Thread(service::close);
            stop.start();
            int sent = 0;
            // A connection that is silent for a second is not waited for.
            while (accepts(service.url()) && sent < 1000) {
                out.write(body.charAt(sent++));
                Thread.sleep(10);
            }
            out.write(body.substring(sent).getBytes(StandardCharsets.US_ASCII));
            assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
            stop.join();
        } finally {
            service.close();
        }
    }

    private static boolean accepts(URI url) {
        try (Socket another = new Socket(url.getHost(), url.getPort())) {
            return another.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> temporaryIn() {
        return List.of("-Djava.io.tmpdir=" + temporary);
    }

    private static List<String> curlLines(Service service) throws InterruptedException {
        service.awaitLine("Ctrl-C");
        return Pattern.compile("^ +(curl .*)$", Pattern.MULTILINE)
                .matcher(service.output())
                .results()
                .map(line -> line.group(1))
                .toList();
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}

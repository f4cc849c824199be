package dev.logintoken.contract.operator;

import dev.logintoken.contract.service.Command;
import dev.logintoken.contract.service.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

/** How the WAR starts and stops by {@code java -jar}. */
final class StartIT {

    private static final String KEY = "HwJ-J3zezptI_xF6ql0IoyM8cRdMV09yhMeZ-1NTrgo";

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
    void aFolderThatCannotBeWrittenToIsNamedAtOnce() throws Exception {
        Files.writeString(directory.resolve("data"), "a file in its place");
        assertThat(startRefused(List.of("-Dlogintoken.db.start-timeout=600")))
                .isEqualTo("login-token does not start: The embedded database cannot be used: cannot write to "
                        + directory.toRealPath().resolve("data") + ": it is not a folder");
    }

    @Tag("slow")
    @Test
    void aSecondSandboxInTheSameFolderIsToldAtOnce() throws Exception {
        try (Service first = Service.startIn(directory, List.of())) {
            assertThat(startRefused(List.of("-Dlogintoken.db.start-timeout=600")))
                    .startsWith("login-token does not start: The embedded database cannot be used: The file is locked");
            assertThat(get(first, "/health/ready").statusCode()).isEqualTo(200);
        }
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

    @Tag("slow")
    @Test
    void productionIssuesTokensFromItsOwnDatabaseOnly() throws Exception {
        List<String> production = new ArrayList<>(List.of(
                "-Dlogintoken.db.url=jdbc:h2:file:./production",
                "-Dlogintoken.keys.master=" + KEY,
                "-Dlogintoken.website.base-url=https://www.example.com"));
        try (Service service = Service.startIn(directory, production)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/user/login-token"))
                    .header("X-Api-Key", "sandbox-api-key")
                    .build();
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertThat(response.body()).contains("ER805");
            HttpRequest states = HttpRequest.newBuilder(URI.create(service.url() + "/_pact/provider-states"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(states, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
        }
        production.removeIf(setting -> setting.contains("keys.master"));
        production.add("-Dlogintoken.sandbox=true");
        assertThat(startRefused(production))
                .isEqualTo("login-token does not start: The database was made in mode PRODUCTION,"
                        + " and this node runs in mode SANDBOX: use another database, or another mode.");
    }

    static Stream<List<String>> refusedStarts() {
        return Stream.of(
                List.of("-Dlogintoken.http.port=high", "logintoken.http.port"),
                List.of("-Dlogintoken.ttl=5", "logintoken.ttl"),
                List.of("-Dlogintoken.http.prot=1", "system property logintoken.http.prot.*logintoken.http.port"),
                List.of("-Dlogintoken.db.pasword=x", "system property logintoken.db.pasword.*logintoken.db.password"),
                List.of("-Dlogintoken.keys.file=keys.json", "logintoken.keys.file is for production"),
                List.of("-Dlogintoken.sandbox=false", "jdbc/loginToken.*logintoken.db.url.*logintoken.sandbox"),
                List.of("-Dlogintoken.db.url=jdbc:h3:mem:x", "logintoken.db.url"),
                List.of("-Dlogintoken.http.host=no.such.host.invalid", "logintoken.http.host"),
                List.of("-Dlogintoken.db.url=jdbc:h2:mem:x", "logintoken.keys.master.*logintoken.keys.file"));
    }

    @ParameterizedTest
    @MethodSource
    void refusedStarts(List<String> settingAndReason) throws Exception {
        List<String> settings = new ArrayList<>(temporaryIn());
        settings.add(settingAndReason.get(0));
        assertThat(startRefused(settings)).containsPattern("^login-token does not start: .*" + settingAndReason.get(1));
        assertThat(temporary).isEmptyDirectory();
    }

    /** All at once, in a real process; {@code UnknownSettingsTest} tries every slip in every source. */
    @Test
    void eachSettingThatIsMisspeltIsNamedBesideTheRightOne() throws Exception {
        List<String> keys = Command.run(
                        Files.createDirectory(directory.resolve("check")), List.of(), "", List.of("--json", "check"))
                .json()
                .path("settings")
                .findValuesAsText("key");
        assertThat(keys).hasSizeGreaterThan(15);
        StringBuilder lines = new StringBuilder();
        for (String key : keys) {
            int middle = (key.lastIndexOf('.') + key.length()) / 2;
            lines.append(key, 0, middle)
                    .append('q')
                    .append(key.substring(middle + 1))
                    .append(" = x\n");
        }
        Files.writeString(directory.resolve("login-token.properties"), lines);
        String refusal = startRefused(List.of());
        assertThat(keys).allSatisfy(key -> assertThat(refusal).contains(" The nearest known one is " + key + "."));
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void aBadLineOfTheFileIsNamedWithTheFile() throws Exception {
        Files.writeString(directory.resolve("login-token.properties"), "logintoken.db.pool-size = many\n");
        assertThat(startRefused(List.of()))
                .matches(
                        "login-token does not start: logintoken\\.db\\.pool-size must be a number of connections from 2 to 1000"
                                + " \\(set by logintoken\\.db\\.pool-size in /.*/login-token\\.properties\\)\\.");
    }

    @Test
    void aProductionWhoseDatabaseIsMisspeltIsNoSandbox() throws Exception {
        Files.writeString(directory.resolve("login-token.properties"), """
                \uFEFFlogintoken.db.ulr = jdbc:h2:file:./production
                logintoken.db.user = login_token
                logintoken.keys.master = %s
                logintoken.website.base-url = https://www.example.com
                """.formatted(KEY));
        assertThat(startRefused(List.of()))
                .matches("login-token does not start: Unknown setting: logintoken\\.db\\.ulr in"
                        + " /.*/login-token\\.properties\\. The nearest known one is logintoken\\.db\\.url\\.");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    /** The one line that a process says which ends with status 1, apart from its log. */
    private String startRefused(List<String> settings) throws Exception {
        Process process = Service.launch(directory, settings);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(1);
        assertThat(output).doesNotContain("\tat ");
        return output.lines().reduce((earlier, later) -> later).orElseThrow();
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

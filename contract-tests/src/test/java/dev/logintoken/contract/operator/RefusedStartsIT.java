package dev.logintoken.contract.operator;

import dev.logintoken.contract.service.Command;
import dev.logintoken.contract.service.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A start that is refused says why in one line, and leaves nothing behind. */
final class RefusedStartsIT {

    private static final String KEY = "HwJ-J3zezptI_xF6ql0IoyM8cRdMV09yhMeZ-1NTrgo";

    @TempDir
    private Path directory;

    @TempDir
    private Path temporary;

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
            HttpRequest ready = HttpRequest.newBuilder(URI.create(first.url() + "/health/ready"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(ready, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
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
}

package dev.logintoken.server.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

import static dev.logintoken.server.operator.Said.say;
import static org.assertj.core.api.Assertions.assertThat;

/** The command {@code check} prints problems and warnings, and its status tells whether a node would start. */
final class CheckCommandTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void setUp() {
        System.setProperty(
                "logintoken.db.url", "jdbc:h2:file:" + directory.resolve("db") + ";WRITE_DELAY=7;MAX_COMPACT_TIME=0");
        System.setProperty("logintoken.keys.master", "HwJ-J3zezptI_xF6ql0IoyM8cRdMV09yhMeZ-1NTrgo");
        System.setProperty("logintoken.website.base-url", "https://www.example.com");
        System.setProperty("logintoken.http.port", "0");
    }

    @AfterEach
    void tearDown() {
        System.clearProperty("logintoken.db.url");
        System.clearProperty("logintoken.keys.master");
        System.clearProperty("logintoken.website.base-url");
        System.clearProperty("logintoken.http.port");
    }

    @Test
    void aProblemIsALineAndStatus3() {
        Said said = say("check");
        assertThat(said.status()).isEqualTo(3);
        assertThat(said.output().lines().filter(line -> line.startsWith("PROBLEM: ")))
                .singleElement()
                .asString()
                .contains("the command migrate");
    }

    @Test
    void aWarningIsALineAndStatus0() {
        say("migrate");
        Said said = say("check");
        assertThat(said.status()).as(said.output()).isZero();
        assertThat(said.output()).contains("logintoken.ttl", "PRODUCTION").doesNotContain("PROBLEM: ");
        assertThat(said.output().lines().filter(line -> line.startsWith("WARNING: ")))
                .singleElement()
                .asString()
                .endsWith("Set WRITE_DELAY=0.");
    }

    @Test
    void asJsonTheyArePartsOfTheReport() throws Exception {
        Said said = say("--json", "check");
        assertThat(said.status()).isEqualTo(3);
        JsonNode report = new JsonMapper().readTree(said.output());
        assertThat(report.path("problems")).hasSize(1);
        assertThat(report.path("warnings")).hasSize(1);
        assertThat(said.output()).doesNotContain("PROBLEM: ", "WARNING: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "user --version"})
    void theVersionsOfReleaseAndJavaAreShown(String words) {
        Said said = say(words.split(" "));
        assertThat(said.status()).isZero();
        assertThat(said.output()).startsWith("login-token ").contains("Java " + Runtime.version());
    }
}

package dev.logintoken.server.operator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import static dev.logintoken.server.operator.Said.say;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests what the command {@code sandbox} asks for, and what it refuses. */
final class SandboxCommandTest {

    private final Properties before = new Properties();

    @TempDir
    private Path directory;

    @BeforeEach
    void keepSettings() {
        before.putAll(System.getProperties());
    }

    @AfterEach
    void restoreSettings() {
        System.setProperties(before);
    }

    private static Map<String, String> served(String... words) {
        Map<String, String> options = new HashMap<>();
        assertThat(Operator.run(words, options::putAll)).isZero();
        return options;
    }

    @Test
    void byDefaultItIsInMemoryOnAFreePort() {
        assertThat(served("sandbox")).isEqualTo(Map.of("until-stdin-closes", "false"));
        assertThat(System.getProperty("logintoken.http.port")).isEqualTo("0");
        assertThat(System.getProperty("logintoken.db.url")).startsWith("jdbc:h2:mem:");
        assertThat(System.getProperty("logintoken.sandbox")).isEqualTo("true");
    }

    @Test
    void anOptionPrecedesASettingAndASettingTheDefault() {
        System.setProperty("logintoken.http.port", "9001");
        System.setProperty("logintoken.db.url", "jdbc:h2:mem:mine");
        served("sandbox");
        assertThat(System.getProperty("logintoken.http.port")).isEqualTo("9001");
        assertThat(System.getProperty("logintoken.db.url")).isEqualTo("jdbc:h2:mem:mine");
        served("sandbox", "--port", "9002");
        assertThat(System.getProperty("logintoken.http.port")).isEqualTo("9002");
    }

    @Test
    void filesAreNamedByTheirWholePathAndAnOldReadyFileGoes() throws IOException {
        Path old = Files.writeString(directory.resolve("url"), "http://127.0.0.1:1\n");
        assertThat(served("sandbox", "--ready-file", old.toString(), "--until-stdin-closes"))
                .isEqualTo(Map.of("ready-file", old.toAbsolutePath().toString(), "until-stdin-closes", "true"));
        assertThat(old).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "--port 65536; 2; '65536' is not a port from 0 to 65535.",
                "--port http; 2; is not a port from 0 to 65535.",
                "--ready-fle x; 2; Did you mean '--ready-file'?",
                "--ready-file /no/such/x; 1; login-token: --ready-file names a file in /no/such, and there is no such folder.",
                "--log-file /; 1; login-token: --log-file must name a file",
            })
    void aWrongOptionIsRefusedInOneLine(String options, int status, String line) {
        Said said = say(("sandbox " + options).split(" "));
        assertThat(said.status()).isEqualTo(status);
        assertThat(said.complaint()).contains(line).hasLineCount(1);
        assertThat(said.output()).isEmpty();
    }

    @Test
    void productionIsRefused() {
        System.setProperty("logintoken.sandbox", "false");
        Said said = say("sandbox");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.complaint())
                .isEqualTo("login-token: logintoken.sandbox is false, but this command starts a sandbox: remove it"
                        + " (set by system property logintoken.sandbox).\n");
    }

    @Test
    void theHelpListsIt() {
        assertThat(say("--help").output()).contains("sandbox", "Serve a sandbox for scripts and tests");
        assertThat(say("help", "sandbox").output())
                .contains("--port", "--ready-file", "--log-file", "--until-stdin-closes");
    }
}

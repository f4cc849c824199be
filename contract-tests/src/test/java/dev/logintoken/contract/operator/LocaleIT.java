package dev.logintoken.contract.operator;

import dev.logintoken.contract.service.Command;
import dev.logintoken.contract.service.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the locale, what is written is UTF-8, and what the locale's encoding cannot hold is refused rather than stored
 * garbled. A shell makes the bytes, since the encoding of this JVM may be as small.
 */
@EnabledOnOs(OS.LINUX)
final class LocaleIT {

    private static final String ADVICE =
            " has characters that the encoding of the locale, ANSI_X3.4-1968, cannot hold. Set LC_ALL=C.UTF-8.\n";

    /** A name with an umlaut, as {@code printf} writes it. */
    private static final String NAME = "'m\\303\\274ller'";

    @TempDir
    private Path directory;

    @Test
    void anArgumentIsStoredAsItWasTypedOrRefused() throws Exception {
        assertThat(run("LC_ALL=C.UTF-8 \"$@\"", "migrate").status()).isZero();
        String create = "\"$@\" \"$(printf " + NAME + ")\" --role app";
        Command refused = run("LC_ALL=C " + create, "partner", "create");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.complaint()).contains("ller' has characters").endsWith(ADVICE);
        assertThat(run("LC_ALL=C.UTF-8 " + create, "partner", "create").status())
                .isZero();
        Command listed = run("LC_ALL=C \"$@\"", "--json", "partner", "list");
        assertThat(listed.json().findValuesAsText("username")).contains("müller");
        assertThat(listed.output()).doesNotContain("\uFFFD", "?");
    }

    @Test
    void aSettingIsReadAsItWasWrittenOrRefused() throws Exception {
        String variable = "LC_ALL=C LOGINTOKEN_DB_PASSWORD=\"$(printf " + NAME + ")\" \"$@\"";
        Command command = run(variable, "partner", "list");
        assertThat(command.status()).isEqualTo(1);
        assertThat(command.complaint())
                .isEqualTo("login-token: The environment variable LOGINTOKEN_DB_PASSWORD" + ADVICE);
        Command start = run(variable);
        assertThat(start.status()).isEqualTo(1);
        assertThat(start.complaint())
                .endsWith("login-token does not start: The environment variable LOGINTOKEN_DB_PASSWORD" + ADVICE);
        Command property = run(
                "java=$1; shift; LC_ALL=C \"$java\" -Dlogintoken.db.password=\"$(printf " + NAME + ")\" \"$@\"",
                "partner",
                "list");
        assertThat(property.status()).isEqualTo(1);
        assertThat(property.complaint()).isEqualTo("login-token: The system property logintoken.db.password" + ADVICE);
    }

    /** Runs the WAR by a line of shell, in which {@code "$@"} stands for the words that start it. */
    private Command run(String line, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", line, "sh"));
        command.addAll(Service.java(List.of(), List.of(words)));
        Path errors = directory.resolve("errors");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Command(process.exitValue(), output, Files.readString(errors));
    }
}

package dev.logintoken.contract.database;

import dev.logintoken.contract.service.Service;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** A service waits at its start for a database that does not answer yet, and says so. */
final class PostgresStartIT extends FailingPostgres {

    @Test
    void aStartWaitsForADatabaseThatIsStillComingUp() throws Exception {
        postgres.stop();
        Process process = Service.launch(directory, database.settings());
        try (BufferedReader lines = process.inputReader()) {
            awaitLine(lines, "Waiting up to 30 s for the database: it does not answer");
            postgres.start();
            awaitLine(lines, "login-token is ready at");
        } finally {
            process.destroyForcibly();
        }
        awaitRecovery();
    }

    @Test
    void aDatabaseThatStaysAwayStopsTheStartInOneLine() throws Exception {
        Process process = Service.launch(
                directory,
                List.of("-Dlogintoken.db.url=jdbc:postgresql://127.0.0.1:1/x", "-Dlogintoken.db.start-timeout=1"));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).doesNotContain("\tat ");
        assertThat(output.lines().reduce((earlier, later) -> later))
                .contains("login-token does not start: The database of logintoken.db.url cannot be used: it does not"
                        + " answer: connection refused by 127.0.0.1:1: start the database, or correct the address");
    }

    @Test
    void aStartThatWaitsCanBeEnded() throws Exception {
        Process process = Service.launch(directory, List.of("-Dlogintoken.db.url=jdbc:postgresql://127.0.0.1:1/x"));
        try (BufferedReader lines = process.inputReader()) {
            awaitLine(lines, "Waiting up to 30 s");
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void awaitLine(BufferedReader lines, String part) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.append(line).append('\n');
            if (line.contains(part)) {
                return;
            }
        }
        fail("The process ended without saying '" + part + "':\n" + read);
    }
}

package dev.logintoken.contract.cluster;

import dev.logintoken.contract.cluster.ClusterHistory.Verdict;
import dev.logintoken.contract.database.PgBouncer;
import dev.logintoken.contract.service.Postgres;
import dev.logintoken.contract.service.TestDatabase;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Three nodes behind PgBouncer under the load of {@link ClusterIT}: PostgreSQL, PgBouncer and a node fail. */
final class ClusterPoolerIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"session, 70", "transaction, 6"})
    void everyTokenIsUsedOnceThroughEveryCrash(String mode, int sessions) throws Exception {
        try (Postgres postgres = Postgres.in(directory.resolve("postgres"))) {
            TestDatabase behind = postgres.createDatabase();
            try (Connection connection = DriverManager.getConnection(behind.url())) {
                connection.createStatement().execute(ClusterOutages.TABLE);
            }
            try (PgBouncer bouncer = PgBouncer.start(directory, behind, mode, sessions);
                    ClusterRun run = new ClusterRun(
                            directory,
                            Collections.nCopies(3, bouncer.database().url()),
                            List.of(behind.url() + "&connectTimeout=1&loginTimeout=1&socketTimeout=2"))) {
                run.upset("POSTGRESQL_KILLED", () -> {
                    postgres.crash();
                    postgres.start();
                });
                run.upset("PGBOUNCER_KILLED", bouncer::restart);
                run.upset("SERVICE_KILLED", () -> {
                    run.nodes().kill(1);
                    run.nodes().restart(1);
                });
                Verdict verdict = run.verdict();
                assertThat(verdict.redeemed()).isPositive();
                assertThat(verdict.faults()).isEmpty();
            }
        }
    }
}

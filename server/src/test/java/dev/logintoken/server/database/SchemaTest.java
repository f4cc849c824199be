package dev.logintoken.server.database;

import dev.logintoken.server.database.Database.Mode;
import dev.logintoken.server.failure.OutdatedException;
import org.flywaydb.core.api.FlywayException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Flyway's table shows, without running Flyway, whether a database is up to date. */
final class SchemaTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String REPEATABLE = "R__announce_changes.sql";

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final JdbcConnectionPool pool = JdbcConnectionPool.create(url, "", "");

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Test
    void everyMigrationIsNamed() throws IOException {
        for (String folder : Schema.SCRIPTS.keySet()) {
            try (Stream<Path> files = Files.list(Path.of("src/main/resources").resolve(folder))) {
                assertThat(files.map(Path::getFileName)
                                .map(Objects::toString)
                                .filter(name -> name.endsWith(".sql"))
                                .toList())
                        .as("Schema.SCRIPTS has to name the files of " + folder)
                        .containsExactlyInAnyOrderElementsOf(Schema.SCRIPTS.get(folder));
            }
        }
    }

    @Test
    void everyTableIsNamed() {
        Database.open(pool, Mode.SANDBOX, TIMEOUT);
        List<String> tables = Database.on(pool)
                .<List<String>, RuntimeException>query(
                        handle -> handle.createQuery("select lower(table_name) from information_schema.tables"
                                        + " where table_schema = current_schema"
                                        + " and table_name <> 'flyway_schema_history'")
                                .mapTo(String.class)
                                .list());
        assertThat(Schema.TABLES).isSorted().containsExactlyInAnyOrderElementsOf(tables);
    }

    /** The table belongs to another copy of the service, with its own schema in the same database. */
    @Test
    void aTableOfAnotherSchemaIsNotOurs() {
        Database.open(pool, Mode.SANDBOX, TIMEOUT);
        change("create schema another");
        JdbcConnectionPool another = JdbcConnectionPool.create(url + ";SCHEMA=ANOTHER", "", "");
        try {
            assertThatThrownBy(() -> Database.attach(another, Mode.SANDBOX, TIMEOUT))
                    .isInstanceOf(OutdatedException.class);
        } finally {
            another.dispose();
        }
    }

    @Test
    void anEmptyDatabaseIsOutdated() {
        assertOutdated();
    }

    @Test
    void aMigratedDatabaseIsCurrent() {
        Database.open(pool, Mode.SANDBOX, TIMEOUT);
        Database.attach(pool, Mode.SANDBOX, TIMEOUT).ping();
    }

    @Test
    void aDatabaseThatLacksAMigrationIsOutdated() {
        Database.open(pool, Mode.SANDBOX, TIMEOUT);
        change("delete from \"flyway_schema_history\"");
        assertOutdated();
    }

    @Test
    void aDatabaseWhoseMigrationFailedIsOutdated() {
        Database.open(pool, Mode.SANDBOX, TIMEOUT);
        change("update \"flyway_schema_history\" set \"success\" = false");
        assertOutdated();
    }

    @Test
    void theChecksumIsFlyways() {
        Database.open(pool, Mode.SANDBOX, TIMEOUT);
        List<Integer> checksums = Database.on(pool)
                .<List<Integer>, RuntimeException>query(
                        handle -> handle.createQuery("select \"checksum\" from \"flyway_schema_history\""
                                        + " where \"script\" = 'V1__directory.sql'")
                                .mapTo(Integer.class)
                                .list());
        assertThat(checksums).containsExactly(Schema.checksum("db/migration/V1__directory.sql"));
    }

    @Test
    void aRepeatableMigrationIsRunAgainWhenItsTextHasChanged() {
        Database.open(pool, Mode.SANDBOX, TIMEOUT);
        assertThat(isCurrentOnPostgresql()).isFalse();
        ran(98, Schema.checksum("db/postgresql/" + REPEATABLE));
        assertThat(isCurrentOnPostgresql()).isTrue();
        ran(99, 1);
        assertThat(isCurrentOnPostgresql()).isFalse();
    }

    @Test
    void aHistoryOfOurMigrationsOnlyIsUntouched() {
        Database.open(pool, Mode.SANDBOX, TIMEOUT);
        assertThat(isUntouched(Schema.MIGRATIONS)).isTrue();
        assertThat(isUntouched(Schema.MIGRATIONS, Schema.POSTGRESQL_MIGRATIONS)).isFalse();
        ran(97, 1);
        assertThat(isUntouched(Schema.MIGRATIONS, Schema.POSTGRESQL_MIGRATIONS)).isFalse();
        ran(98, Schema.checksum("db/postgresql/" + REPEATABLE));
        assertThat(isUntouched(Schema.MIGRATIONS, Schema.POSTGRESQL_MIGRATIONS)).isTrue();
        assertThat(isUntouched(Schema.MIGRATIONS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"checksum\" = 1",
                "\"description\" = 'another'",
                "\"success\" = false",
                "\"version\" = '0'",
                "\"script\" = 'V0__another.sql', \"version\" = '0', \"description\" = 'another'"
            })
    void flywayRefusesAnEditedHistory(String edit) {
        Database.open(pool, Mode.SANDBOX, TIMEOUT);
        change("update \"flyway_schema_history\" set " + edit + " where \"version\" = '1'");
        assertThatThrownBy(() -> Database.open(pool, Mode.SANDBOX, TIMEOUT)).isInstanceOf(FlywayException.class);
    }

    private boolean isUntouched(String... folders) {
        return Database.on(pool)
                .<Boolean, RuntimeException>query(handle -> Schema.isUntouched(handle, List.of(folders)));
    }

    private boolean isCurrentOnPostgresql() {
        return Database.on(pool)
                .<Boolean, RuntimeException>query(
                        handle -> Schema.isCurrent(handle, List.of(Schema.MIGRATIONS, Schema.POSTGRESQL_MIGRATIONS)));
    }

    private void ran(int rank, int checksum) {
        change("insert into \"flyway_schema_history\" (\"installed_rank\", \"description\", \"type\", \"script\","
                + " \"checksum\", \"installed_by\", \"execution_time\", \"success\") values (" + rank
                + ", 'announce changes', 'SQL', '" + REPEATABLE + "', " + checksum + ", 'test', 0, true)");
    }

    private void change(String sql) {
        Database.on(pool).<Integer, RuntimeException>query(handle -> handle.execute(sql));
    }

    private void assertOutdated() {
        assertThatThrownBy(() -> Database.attach(pool, Mode.SANDBOX, TIMEOUT)).isInstanceOf(OutdatedException.class);
    }
}

package dev.logintoken.server.directory;

import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThatCode;

/** What a schema of another release means. */
final class DatabaseTest {

    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "", "");

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Test
    void anOlderNodeStartsOnTheSchemaOfANewerOne() {
        open().query(handle -> handle.execute("""
                        insert into "flyway_schema_history" ("installed_rank", "version", "description", "type",
                            "script", "checksum", "installed_by", "installed_on", "execution_time", "success")
                        values (99, '99', 'a later one', 'SQL', 'V99__a_later_one.sql', 1, 'x', current_timestamp, 1,
                            true)"""));
        assertThatCode(this::open).doesNotThrowAnyException();
    }

    private Database open() {
        return Database.open(pool, Database.Mode.PRODUCTION, Duration.ofSeconds(5));
    }
}

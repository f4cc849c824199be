package dev.logintoken.server.database;

import dev.logintoken.server.administration.Administration;
import dev.logintoken.server.administration.UserAdministration;
import dev.logintoken.server.failure.OutdatedException;
import dev.logintoken.server.failure.UnfitException;
import dev.logintoken.server.failure.WrongModeException;
import dev.logintoken.server.outcome.UnavailableException;
import dev.logintoken.server.outcome.UnstorableTextException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests how a schema of another release is handled. */
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

    @Test
    void aDatabaseOfTheOtherModeIsRefused() {
        open();
        assertThatThrownBy(() -> Database.open(pool, Database.Mode.SANDBOX, Duration.ofSeconds(5)))
                .isInstanceOf(WrongModeException.class)
                .hasMessageContaining("PRODUCTION");
        assertThatThrownBy(() -> Database.attach(pool, Database.Mode.SANDBOX, Duration.ofSeconds(5)))
                .isInstanceOf(WrongModeException.class);
        assertThatCode(() -> Database.attach(pool, Database.Mode.PRODUCTION, Duration.ofSeconds(5)))
                .doesNotThrowAnyException();
    }

    @Test
    void aCommandDoesNotMakeTheTables() {
        assertThatThrownBy(() -> Database.attach(pool, Database.Mode.PRODUCTION, Duration.ofSeconds(5)))
                .isInstanceOf(OutdatedException.class);
        assertThat(Database.on(pool)
                        .<List<String>, RuntimeException>query(
                                handle -> handle.select("select table_name from information_schema.tables"
                                                + " where table_schema = current_schema")
                                        .mapTo(String.class)
                                        .list()))
                .isEmpty();
    }

    @Test
    void aTextThatIsTooLongIsRefusedAndNotRepeated() {
        String email = "a".repeat(300);
        UserAdministration users = new Administration(open(), Clock.systemUTC(), "tester").users();
        assertThatThrownBy(() -> users.create(UUID.randomUUID(), Optional.of(email), Optional.empty()))
                .isInstanceOf(UnstorableTextException.class)
                .hasMessageNotContaining(email)
                .hasNoCause();
        assertThat(users.find(email)).isEmpty();
    }

    /**
     * PostgreSQL has no NUL. Its driver turns half a surrogate pair into a question mark, which may be somebody's name.
     */
    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b", "\ud800", "\udc00\ud800"})
    void whatPostgresqlCannotHoldIsNowhere(String text) {
        Database database = open();
        assertThat(database.<String, RuntimeException>findByText(text, handle -> Optional.of("asked")))
                .isEmpty();
        assertThat(database.<String, RuntimeException>findByText("☃😀", handle -> Optional.of("asked")))
                .contains("asked");
    }

    @Test
    void aTransactionThatWasInAnothersWayIsRunAgain() {
        Database database = open();
        AtomicInteger runs = new AtomicInteger();
        int result = database.transaction(handle -> {
            if (runs.incrementAndGet() < 3) {
                throw new ConnectionException(new SQLException("", "40001"));
            }
            return runs.get();
        });
        assertThat(result).isEqualTo(3);
    }

    @Test
    void aTransactionThatIsAlwaysInAnothersWayIsGivenUp() {
        Database database = open();
        assertThatThrownBy(() -> database.transaction(handle -> {
                    throw new ConnectionException(new SQLException("", "40P01"));
                }))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void theSchemaOfSomebodyElseIsLeftAloneWithAnAdviceOfOurs() {
        Database.on(pool).query(handle -> handle.execute("create table of_a_colleague (id int)"));
        Database.on(pool).query(handle -> handle.execute("create view of_a_dba as select * from of_a_colleague"));
        assertThatThrownBy(this::open)
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("?currentSchema=login_token")
                .hasMessageNotContaining("baseline")
                .hasNoCause();
    }

    private Database open() {
        return Database.open(pool, Database.Mode.PRODUCTION, Duration.ofSeconds(5));
    }
}

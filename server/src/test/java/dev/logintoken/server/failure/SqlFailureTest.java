package dev.logintoken.server.failure;

import dev.logintoken.server.database.Database;
import dev.logintoken.server.outcome.UnavailableException;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Tests the meaning of each kind of failure, and that no message contains the values involved. */
final class SqlFailureTest {

    private static final String SECRET = "somebody@example.com";

    @ParameterizedTest
    @CsvSource({
        // The server is gone or of no use: the connection is dropped.
        "08000, BROKEN",
        "08003, BROKEN",
        "08006, BROKEN",
        "08P01, BROKEN",
        "25006, BROKEN",
        "25P02, BROKEN",
        "25P03, BROKEN",
        "25P04, BROKEN",
        "26000, BROKEN",
        "42P05, BROKEN",
        "57P01, BROKEN",
        "57P02, BROKEN",
        "57P03, BROKEN",
        "57P04, BROKEN",
        "57P05, BROKEN",
        "58000, BROKEN",
        "58030, BROKEN",
        "58P01, BROKEN",
        "F0000, BROKEN",
        "XX000, BROKEN",
        "XX001, BROKEN",
        "XX002, BROKEN",
        // The database cannot serve this now.
        "40000, BUSY",
        "40002, BUSY",
        "40003, BUSY",
        "53000, BUSY",
        "53100, BUSY",
        "53200, BUSY",
        "53300, BUSY",
        "53400, BUSY",
        "55000, BUSY",
        "55006, BUSY",
        "55P03, BUSY",
        "57014, BUSY",
        "HYT00, BUSY",
        "28000, BUSY",
        "28P01, BUSY",
        "3D000, BUSY",
        "3F000, BUSY",
        "42501, BUSY",
        "42P01, BUSY",
        // Transactions in conflict.
        "40001, CONFLICT",
        "40P01, CONFLICT",
        // H2's own states.
        "90007, BROKEN",
        "90028, BROKEN",
        "90031, BROKEN",
        "90067, BROKEN",
        "90097, BROKEN",
        "90098, BROKEN",
        "90121, BROKEN",
        "42S02, BUSY",
        "90096, BUSY",
        "90108, BUSY",
        "90135, BUSY",
        // The result that the statement asks for.
        "23505, DUPLICATE",
        "22001, UNSTORABLE",
        "22021, UNSTORABLE",
        "22P05, UNSTORABLE",
        // Our own mistakes, which waiting does not repair.
        "22003, MISTAKE",
        "22P02, MISTAKE",
        "23502, MISTAKE",
        "23503, MISTAKE",
        "42601, MISTAKE",
        "42703, MISTAKE",
        "42883, MISTAKE",
        "0A000, MISTAKE",
        "54000, MISTAKE",
        "P0001, MISTAKE",
    })
    void theStateSaysWhatAFailureMeans(String state, SqlFailure meaning) {
        assertThat(SqlFailure.of(new IllegalStateException(new SQLException("", state))))
                .isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({"BROKEN, 25006", "BUSY, 55P03", "CONFLICT, 40001"})
    void callersAreToldToComeBack(SqlFailure meaning, String state) {
        assertThat(SqlFailure.ofState(state)).isEqualTo(meaning);
        assertThat(SqlFailure.told(new SQLException("", state))).isInstanceOf(UnavailableException.class);
    }

    /** The failure with which a pool reports that it has no connections left. */
    @Test
    void aConnectionThatIsNotHadMeansToComeBackWhateverThePoolSays() {
        assertThat(SqlFailure.told(new ConnectionException(new SQLException("Timeout waiting for idle object"))))
                .isInstanceOf(UnavailableException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "08001, true",
        "40001, true",
        "53300, true",
        "57P03, true",
        "HYT00, true",
        "28P01, false",
        "3D000, false",
        "42501, false",
        "25006, false",
        ", false",
    })
    void aStartWaitsForWhatPassesAndForNothingElse(String state, boolean waits) {
        assertThat(SqlFailure.isAway(new IllegalStateException(new SQLException("", state))))
                .isEqualTo(waits);
    }

    @Test
    void aStartWaitsForAServerThatDoesNotAnswer() {
        assertThat(SqlFailure.isAway(new SQLException("", "28P01", new ConnectException("refused"))))
                .isTrue();
        assertThat(SqlFailure.isAway(new SQLTransientException("later"))).isTrue();
        assertThat(SqlFailure.isAway(new SQLRecoverableException("again"))).isTrue();
        assertThat(SqlFailure.isAway(new SQLNonTransientConnectionException("closed")))
                .isTrue();
        assertThat(SqlFailure.isAway(new IllegalStateException("a mistake"))).isFalse();
    }

    @Test
    void aFailureWithoutAStateMeansThatTheServerIsGoneIfNothingWasReadFromIt() {
        assertThat(SqlFailure.of(new SQLException("", new IOException("reset"))))
                .isEqualTo(SqlFailure.BROKEN);
        assertThat(SqlFailure.of(new SQLException("something else"))).isEqualTo(SqlFailure.MISTAKE);
    }

    @Test
    void aStartIsToldTheDatabasesReasonAndAnyOtherFailureAsItIs() {
        SQLException failure = new SQLException("FATAL: database x does not exist", "3D000");
        assertThat(SqlFailure.atStart(new IllegalStateException(failure)))
                .isInstanceOf(UnfitException.class)
                .hasMessage(FailureLine.reason(failure));
        RuntimeException other = new IllegalStateException("a mistake");
        assertThat(SqlFailure.atStart(other)).isSameAs(other);
    }

    @Test
    void theLogHasTheFirstLineTheStateAndTheStatement() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Database database = Database.open(dataSource, Database.Mode.PRODUCTION, Duration.ofSeconds(5));
        Throwable failure = catchThrowable(() -> database.query(handle ->
                handle.select("select 1 from nothing").mapTo(Integer.class).one()));
        assertThat(failure).isInstanceOf(UnavailableException.class);
        assertThat(failure)
                .cause()
                .hasMessageStartingWith("Table \"NOTHING\" not found")
                .hasMessageEndingWith("[SQLSTATE 42S02]; statement: select 1 from nothing")
                .satisfies(cause -> assertThat(cause.getStackTrace())
                        .as("where it happened")
                        .isNotEmpty());
        assertThat(SqlFailure.told(new SQLException("ERROR: broken\n  Hint: mend it", "XX000")))
                .cause()
                .hasMessage("ERROR: broken [SQLSTATE XX000]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into account (uuid, email, stamp) values (random_uuid(), ?, x'00')",
                "insert into account (uuid, email, stamp) values (random_uuid(), 'x' || repeat(?, 99), x'00')",
                "insert into account (uuid, email, stamp) values (?, '', x'00')",
                "select * from nothing where email = ?",
                "selct ?",
            })
    void noFailureTellsValues(String statement) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Database database = Database.open(dataSource, Database.Mode.PRODUCTION, Duration.ofSeconds(5));
        Throwable failure = catchThrowable(() ->
                database.transaction(handle -> handle.execute(statement, SECRET) + handle.execute(statement, SECRET)));
        assertThat(failure).isNotNull();
        assertThat(written(failure)).doesNotContain(SECRET);
    }

    @Test
    void aBatchTellsNoValues() {
        SQLException cause = new SQLException("ERROR: integer out of range", "08006");
        BatchUpdateException batch =
                new BatchUpdateException("Batch entry 0 insert … ('" + SECRET + "')", "08006", null);
        batch.initCause(cause);
        assertThat(written(SqlFailure.told(batch))).doesNotContain(SECRET);
    }

    private static String written(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

package dev.logintoken.server.failure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A line about a failure of the database names its cause and the remedy. */
final class FailureLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "25006 | ERROR: cannot execute INSERT in a read-only transaction | The database is read-only: connect to the"
                        + " primary, or set default_transaction_read_only to off.",
                "42501 | ERROR: permission denied for table audit | The database cannot be used: ERROR: permission denied for"
                        + " table audit: the command check says which right to grant.",
                "28P01 | FATAL: password authentication failed for user x | The database cannot be used: FATAL: password"
                        + " authentication failed for user x: correct logintoken.db.user or logintoken.db.password.",
                "3D000 | FATAL: database x does not exist | The database cannot be used: FATAL: database x does not exist:"
                        + " create the database, or correct its name in the URL.",
                "90013 | Database /x not found [90013-232] | The database cannot be used: Database /x not found.",
                "08P01 | FATAL: transaction blocks not allowed in statement pooling mode | The database cannot be used:"
                        + " PgBouncer's pool_mode=statement does not work: set pool_mode to session or transaction.",
                "22P02 | ERROR: invalid input syntax: hunter2 | The database failed (SQLSTATE 22P02).",
            })
    void aFailureIsToldWithWhatToDo(String state, String message, String sentence) {
        SQLException failure = new SQLException(message, state);
        assertThat(FailureLine.sentence(failure)).isEqualTo(sentence);
        assertThat(FailureLine.sentence(new IllegalStateException(failure))).isEqualTo(sentence);
    }

    static Stream<Arguments> unreachable() {
        return Stream.of(
                Arguments.of(
                        new UnknownHostException("db.example.com: Name or service not known"),
                        "The database does not answer: there is no host db.example.com: start "),
                Arguments.of(new SocketTimeoutException("Read timed out"), "The database does not answer in time: "),
                Arguments.of(new ConnectException("No route to host"), "The database does not answer: start "),
                Arguments.of(new NoSuchFileException("/etc/ca.pem"), "The database cannot be used: /etc/ca.pem."));
    }

    @ParameterizedTest
    @MethodSource("unreachable")
    void aServerThatIsNotReachedIsToldWithItsAddress(IOException cause, String beginning) {
        SQLException failure = new SQLException("The connection attempt failed.", "08001", cause);
        assertThat(FailureLine.sentence(failure)).startsWith(beginning);
    }

    @Test
    void aServerThatRefusesIsNamed() {
        assertThat(FailureLine.sentence(new SQLException(
                        "Connection to localhost:5432 refused. Check that the hostname and port are correct.",
                        "08001")))
                .startsWith("The database does not answer: connection refused by localhost:5432");
    }

    @Test
    void aPasswordInTheUrlIsNotRepeated() {
        SQLException failure = new SQLException("", "08001", new UnknownHostException("me:hunter2@db.example.com"));
        assertThat(FailureLine.sentence(failure)).doesNotContain("hunter2").isNotEmpty();
        assertThat(FailureLine.sentence(new IllegalStateException("jdbc:postgresql://me:hunter2@db.example.com/x")))
                .doesNotContain("hunter2");
    }

    /** As {@link Database} throws it, with the statement for the log. */
    @Test
    void aFailureWhoseValuesWereTakenAwayIsToldWithoutTheStatement() {
        SQLException failure = new SQLException("ERROR: cannot execute INSERT in a read-only transaction", "25006");
        assertThat(FailureLine.sentence(SqlFailure.told(failure))).isEqualTo(FailureLine.sentence(failure));
    }
}

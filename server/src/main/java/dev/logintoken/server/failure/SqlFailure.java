package dev.logintoken.server.failure;

import dev.logintoken.server.outcome.Causes;
import dev.logintoken.server.outcome.UnavailableException;
import dev.logintoken.server.outcome.UnstorableTextException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.statement.StatementException;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The meanings of a database failure, determined by the class of its SQLSTATE. */
public enum SqlFailure {
    /** Two transactions conflicted, and this one was rolled back. It may run again. */
    CONFLICT("40001|40P01"),

    /** The row exists already. */
    DUPLICATE("23505"),

    /** The database cannot hold a text: its encoding lacks a character, or the column is shorter. */
    UNSTORABLE("22001|22021|22P05"),

    /**
     * The connection's server is of no use: gone, shut down, read-only after a failover, or damaged. Or it does not
     * know a statement that was prepared on another server. A new connection may reach a better one. The states from
     * 90007 on are H2's own: closed, unreadable, broken, read-only, shut down.
     */
    BROKEN("08|25|26000|42P05|57P|58|F0|XX|90007|90020|90028|90030|90031|90067|90097|90098|90121"),

    /**
     * The database cannot serve this now: rolled back, out of resources, locked, cancelled, or access denied. Or the
     * tables are missing, as during the restore of a backup. The states from 90096 on are H2's own: no right, no table,
     * out of memory, exclusive mode.
     */
    BUSY("28|3D000|3F000|40|42501|42P01|53|55|57|HYT|90096|42S02|42S03|42S04|90108|90135"),

    /** Our own mistake. It is the default and has no states. */
    MISTAKE("");

    /** The failures that a start waits for: the database does not answer yet, or has no resources left. */
    private static final List<String> PASSING = List.of("08", "40", "53", "57", "HYT00");

    /** Classes whose messages may quote values. */
    private static final List<String> QUOTING = List.of("22", "23");

    private final Pattern states;

    SqlFailure(String states) {
        this.states = Pattern.compile(states);
    }

    /** Returns the meaning of a failure. */
    public static SqlFailure of(Throwable failure) {
        return states(failure)
                .findFirst()
                .map(SqlFailure::ofState)
                .orElseGet(() -> isAway(failure) || failure instanceof ConnectionException ? BROKEN : MISTAKE);
    }

    /** Returns the SQLSTATEs of a failure and its causes, the outermost first. */
    static Stream<String> states(Throwable failure) {
        return Causes.of(failure, SQLException.class)
                .map(SQLException::getSQLState)
                .filter(Objects::nonNull);
    }

    /** Returns the meaning of an SQLSTATE. */
    static SqlFailure ofState(String state) {
        return Stream.of(values())
                .filter(meaning -> meaning.states.matcher(state).lookingAt())
                .findFirst()
                .orElse(MISTAKE);
    }

    /** Returns whether waiting may help at a start: the database does not answer yet, or cannot serve now. */
    public static boolean isAway(Throwable failure) {
        return Causes.of(failure)
                .anyMatch(cause -> cause instanceof IOException || (cause instanceof SQLException sql && passes(sql)));
    }

    private static boolean passes(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || (state != null && PASSING.stream().anyMatch(state::startsWith));
    }

    /**
     * Returns the exception for the database's caller. It holds no value that was bound to a statement. Drivers quote
     * such values in their messages, and values from outside must not reach the log.
     */
    public static RuntimeException told(Throwable failure) {
        return switch (of(failure)) {
            case CONFLICT, BROKEN, BUSY -> new UnavailableException(withoutValues(failure));
            case UNSTORABLE -> new UnstorableTextException();
            case DUPLICATE, MISTAKE -> new IllegalStateException("The database failed", withoutValues(failure));
        };
    }

    /**
     * Returns the reason why a start cannot use the database, for one line of the log. A failure of another kind is
     * returned as it is.
     */
    public static RuntimeException atStart(RuntimeException failure) {
        return Causes.root(failure) instanceof SQLException ? new UnfitException(FailureLine.reason(failure)) : failure;
    }

    private static SQLException withoutValues(Throwable failure) {
        Throwable root = Causes.root(failure);
        String state = states(failure).reduce("", (outer, inner) -> inner);
        String statement = Causes.of(failure, StatementException.class)
                .map(StatementException::getStatementContext)
                .filter(Objects::nonNull)
                .map(context -> "; statement: " + context.getRawSql())
                .reduce("", (outer, inner) -> inner);
        String message = root instanceof SQLException ? firstLine(root) : root.toString(); // Jdbi's have no values.
        String quoted = quotes(failure, state) ? "its message may quote values" : message;
        SQLException clean = new CleanException(
                quoted + " [SQLSTATE " + state + "]" + statement, state, FailureLine.reason(failure));
        clean.setStackTrace(failure.getStackTrace());
        return clean;
    }

    /** Returns whether the message of a failure may quote values. */
    static boolean quotes(Throwable failure, String state) {
        return QUOTING.stream().anyMatch(state::startsWith)
                || Causes.of(failure, BatchUpdateException.class).findAny().isPresent();
    }

    /** A failure without the values of its statement. The message is for the log, the reason for an operator. */
    static final class CleanException extends SQLException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        CleanException(String message, String state, String reason) {
            super(message, state);
            this.reason = reason;
        }

        /** Returns what is wrong and what to do, in the middle of a sentence. */
        String reason() {
            return reason;
        }
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}

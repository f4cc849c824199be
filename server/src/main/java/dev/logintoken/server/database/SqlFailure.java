package dev.logintoken.server.database;

import dev.logintoken.server.outcome.RootCause;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a failure of the database means, told by the class of its SQLSTATE. */
public enum SqlFailure {
    /** Two transactions were in each other's way and this one was rolled back: it may run once more. */
    CONFLICT("40001|40P01"),

    /** The row is there already. */
    DUPLICATE("23505"),

    /** The database cannot hold a text: its encoding lacks a character, or the column is shorter. */
    UNSTORABLE("22001|22021|22P05"),

    /**
     * The connection leads to a server that is of no use: gone, shut down, read-only after a failover, damaged, or not
     * knowing a statement that was prepared on another. A new connection may lead to a better one. From 90007 on the states
     * are H2's own: closed, unreadable, broken, read-only, shut down.
     */
    BROKEN("08|25|26000|42P05|57P|58|F0|XX|90007|90020|90028|90030|90031|90067|90097|90098|90121"),

    /**
     * The database cannot serve this now: rolled back, out of resources, locked, cancelled, access taken away, or tables
     * taken away, as while a backup is restored. From 90096 on the states are H2's own: no right, no table, out of memory,
     * exclusive mode.
     */
    BUSY("28|3D000|3F000|40|42501|42P01|53|55|57|HYT|90096|42S02|42S03|42S04|90108|90135"),

    /** A mistake of ours; no state is looked for. */
    MISTAKE("");

    /** Those that wait at a start for a database: it does not answer yet, or has no resources left. */
    private static final List<String> PASSING = List.of("08", "40", "53", "57", "HYT00");

    /** Classes whose messages may quote values. */
    private static final List<String> QUOTING = List.of("22", "23");

    private static final String READ_ONLY = "25006";

    private final Pattern states;

    SqlFailure(String states) {
        this.states = Pattern.compile(states);
    }

    /** Returns what a failure means. */
    public static SqlFailure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return ofState(sql.getSQLState());
            }
        }
        return isAway(failure) || failure instanceof ConnectionException ? BROKEN : MISTAKE;
    }

    /** Returns what an SQLSTATE means. */
    static SqlFailure ofState(String state) {
        return Stream.of(values())
                .filter(meaning -> meaning.states.matcher(state).lookingAt())
                .findFirst()
                .orElse(MISTAKE);
    }

    /** Returns whether waiting at a start may help: the database does not answer yet, or not now. */
    static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || (cause instanceof SQLException sql && passes(sql))) {
                return true;
            }
        }
        return false;
    }

    private static boolean passes(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || (state != null && PASSING.stream().anyMatch(state::startsWith));
    }

    /**
     * Returns what the caller of the database is told. It holds no value that was bound to a statement: drivers quote them
     * in their messages, and values from outside must not reach the log.
     */
    static RuntimeException told(Throwable failure) {
        return switch (of(failure)) {
            case CONFLICT, BROKEN, BUSY -> new UnavailableException(withoutValues(failure));
            case UNSTORABLE -> new UnstorableTextException();
            case DUPLICATE, MISTAKE -> new IllegalStateException("The database failed", withoutValues(failure));
        };
    }

    /** Returns the reason why a start cannot use the database, for one line of the log; or the failure, if it is no such. */
    static RuntimeException atStart(RuntimeException failure) {
        return RootCause.of(failure) instanceof SQLException reason
                ? new UnfitException(READ_ONLY.equals(reason.getSQLState()) ? "it is read-only" : firstLine(reason))
                : failure;
    }

    private static SQLException withoutValues(Throwable failure) {
        Throwable root = RootCause.of(failure);
        String state = "";
        boolean quotes = false;
        String statement = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                state = sql.getSQLState();
            }
            if (cause instanceof StatementException named && named.getStatementContext() != null) {
                statement = "; statement: " + named.getStatementContext().getRawSql();
            }
            quotes |= cause instanceof BatchUpdateException;
        }
        quotes |= QUOTING.stream().anyMatch(state::startsWith);
        String message = root instanceof SQLException ? firstLine(root) : root.toString(); // Jdbi's have no values.
        SQLException clean = new SQLException(
                (quotes ? "its message may quote values" : message) + " [SQLSTATE " + state + "]" + statement, state);
        clean.setStackTrace(failure.getStackTrace());
        return clean;
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}

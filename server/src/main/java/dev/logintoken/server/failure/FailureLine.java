package dev.logintoken.server.failure;

import dev.logintoken.server.outcome.Causes;
import org.h2.mvstore.MVStoreException;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells an operator about a failure of the database in one line: what is wrong, and what to do. No line has a password or a
 * value that was bound to a statement.
 */
public final class FailureLine {

    /** Says that no driver knows the URL. */
    public static final String WRONG_URL = "the URL is not one of jdbc:h2 or jdbc:postgresql";
    /** Says that the URL has a user in the place of the host. */
    public static final String USER_IN_URL =
            "its URL has a user before the host: set logintoken.db.user and logintoken.db.password";

    /** Says that PgBouncer gives each statement a connection. */
    public static final String STATEMENT_POOLING =
            "PgBouncer's pool_mode=statement does not work: set pool_mode to session or transaction";

    /** H2's release and code at the end of its messages, and the announcement of a statement. */
    private static final Pattern H2_TAIL = Pattern.compile("(?:; SQL statement:)?(?: \\[[0-9][0-9./-]*])?$");

    /** The address in PostgreSQL's and in H2's message. One with an @ holds a user, and may hold a password. */
    private static final Pattern REFUSED =
            Pattern.compile("Connection to ([^@\\s]+) refused|Connection refused[^:@]*: ([^@\\s\"]+)");

    private static final String CORRECT_ADDRESS = ": start the database, or correct the address";

    /** What to do about an SQLSTATE and message; the first that fits counts. */
    private static final List<Remedy> REMEDIES = List.of(
            Remedy.of(
                    "25006",
                    "",
                    "it is read-only: connect to the primary, or set default_transaction_read_only to off"),
            Remedy.of(
                    "90097",
                    "",
                    "it is read-only: remove ACCESS_MODE_DATA from the URL, or let the service write to its file"),
            Remedy.of("", "statement pooling", STATEMENT_POOLING),
            Remedy.after("42501", "", "the command check says which right to grant"),
            Remedy.after("90096", "", "grant it to the user of logintoken.db.user"),
            Remedy.after("28", "pg_hba", "add an entry to the server's pg_hba.conf"),
            Remedy.after("28", "", "correct logintoken.db.user or logintoken.db.password"),
            Remedy.after("08004", "password", "set logintoken.db.user and logintoken.db.password"),
            Remedy.after("3D000", "", "create the database, or correct its name in the URL"),
            Remedy.after("53300", "", "lower logintoken.db.pool-size, or raise max_connections of the server"),
            Remedy.after("", "file is locked", "another process, such as a node, has it open: stop that process"));

    private FailureLine() {}

    /**
     * What to say about a kind of failure.
     *
     * @param state the begin of its SQLSTATE
     * @param message a part of its message
     * @param text the line, or its end
     * @param quotes whether the driver's message comes first
     */
    private record Remedy(String state, String message, String text, boolean quotes) {

        static Remedy of(String state, String message, String text) {
            return new Remedy(state, message, text, false);
        }

        static Remedy after(String state, String message, String text) {
            return new Remedy(state, message, text, true);
        }

        boolean fits(String failureState, String failureMessage) {
            return failureState.startsWith(state) && failureMessage.contains(message);
        }

        String line(String failureMessage) {
            return quotes ? failureMessage.replaceFirst("\\.$", "") + ": " + text : text;
        }
    }

    /** Returns a whole sentence about a failure. */
    public static String sentence(Throwable failure) {
        return sentence(reason(failure));
    }

    /** Returns a reason as a whole sentence. */
    public static String sentence(String reason) {
        String line = reason.startsWith("it ")
                ? "The database " + reason.substring("it ".length())
                : "The database cannot be used: " + reason;
        return line.endsWith(".") ? line : line + ".";
    }

    /** Returns what is wrong and what to do, in the middle of a sentence. */
    public static String reason(Throwable failure) {
        return Causes.of(failure, SqlFailure.CleanException.class)
                .findFirst()
                .map(SqlFailure.CleanException::reason)
                .or(() -> unreachable(failure))
                .or(() -> message(failure).map(message -> reason(failure, message)))
                .orElse(WRONG_URL);
    }

    private static String reason(Throwable failure, String driversMessage) {
        String state = SqlFailure.states(failure).findFirst().orElse("");
        if (SqlFailure.quotes(failure, state)) {
            return "it failed (SQLSTATE " + state + ")";
        }
        String message = H2_TAIL.matcher(driversMessage).replaceFirst("");
        return REMEDIES.stream()
                .filter(remedy -> remedy.fits(state, message))
                .findFirst()
                .map(remedy -> remedy.line(message))
                .orElse(message);
    }

    /** Returns why there is no connection to a server, if that is the failure. */
    private static Optional<String> unreachable(Throwable failure) {
        Optional<String> refused = Causes.of(failure, SQLException.class)
                .map(cause -> REFUSED.matcher(String.valueOf(cause.getMessage())))
                .filter(Matcher::find)
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .findFirst();
        if (refused.isPresent()) {
            return Optional.of("it does not answer: connection refused by " + refused.get() + CORRECT_ADDRESS);
        }
        Throwable root = Causes.root(failure);
        if (root instanceof UnknownHostException) {
            String host = String.valueOf(root.getMessage()).replaceFirst(":.*", "");
            return Optional.of(
                    host.contains("@")
                            ? USER_IN_URL
                            : "it does not answer: there is no host " + host + CORRECT_ADDRESS);
        }
        if (root instanceof SocketTimeoutException) {
            return Optional.of("it does not answer in time" + CORRECT_ADDRESS);
        }
        if (root instanceof FileSystemException) {
            return Optional.of(String.valueOf(root.getMessage()));
        }
        return root instanceof IOException ? Optional.of("it does not answer" + CORRECT_ADDRESS) : Optional.empty();
    }

    /** Returns the first line of the driver's innermost message. Others' may quote the URL, which may hold a password. */
    private static Optional<String> message(Throwable failure) {
        return Causes.of(failure)
                .filter(cause -> cause instanceof SQLException || cause instanceof MVStoreException)
                .reduce((outer, inner) -> inner)
                .flatMap(cause -> String.valueOf(cause.getMessage()).lines().findFirst());
    }
}

package dev.logintoken.server.database;

import dev.logintoken.server.outcome.RootCause;
import org.postgresql.PGConnection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

/** Examines a migrated database for an operator before a start, without changing it. */
public final class DatabaseProbe {

    /** The allowed difference between the clocks of nodes, and between a node and its database. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    private static final String READ_ONLY = "25006";

    private final Connection connection;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private DatabaseProbe(Connection connection) {
        this.connection = connection;
    }

    /**
     * The findings.
     *
     * @param problems lines about what prevents a node from working
     * @param warnings lines about what impairs a node's work
     */
    public record Findings(List<String> problems, List<String> warnings) {}

    /**
     * Checks that a database accepts writes, its clock, its encoding and the role's rights. Also looks for a pooler in
     * front of it.
     *
     * @param deletesAudit whether the service deletes old rows of the audit
     */
    public static Findings look(DataSource dataSource, Clock clock, boolean deletesAudit) {
        try (Connection connection = dataSource.getConnection()) {
            DatabaseProbe probe = new DatabaseProbe(connection);
            probe.compareClocks(clock);
            if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                probe.lookAtEncoding();
                probe.lookForPooler();
                probe.lookAtRights(deletesAudit);
            }
            probe.write();
            return new Findings(probe.problems, probe.warnings);
        } catch (SQLException e) {
            return new Findings(List.of("The database does not answer: " + line(e)), List.of());
        }
    }

    private void compareClocks(Clock clock) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_timestamp")) {
            row.next();
            Duration apart = Duration.between(
                            row.getObject(1, OffsetDateTime.class).toInstant(), clock.instant())
                    .abs();
            if (apart.compareTo(CLOCK_SKEW) > 0) {
                problems.add("The clock of this machine and the clock of the database are " + apart.toSeconds()
                        + " s apart: set both by the same time servers.");
            }
        }
    }

    private void lookAtEncoding() throws SQLException {
        String encoding = text("show server_encoding");
        if (!encoding.equals("UTF8")) {
            warnings.add("The database's encoding is " + encoding + ": texts that it cannot hold are refused."
                    + " Create the database with encoding 'UTF8'.");
        }
    }

    /** Detects a pooler by the process id: a pooler makes up the one that it reports to the driver. */
    private void lookForPooler() throws SQLException {
        int told = connection.unwrap(PGConnection.class).getBackendPID();
        if (!text("select pg_backend_pid()").equals(Integer.toString(told))) {
            warnings.add("A pooler such as PgBouncer stands in front of the database: no rows are cached, and each"
                    + " request reads the database. Connect to PostgreSQL directly if you can.");
        }
    }

    /**
     * Checks the role's rights on the tables. A migration may have made a table on which nobody granted rights. The
     * audit's rows are never changed.
     */
    private void lookAtRights(boolean deletesAudit) throws SQLException {
        String query = """
                select name, lower(privilege), current_user
                from unnest(?) name, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) privilege
                where not has_table_privilege(to_regclass(name), privilege)
                    and not (name = 'audit' and (privilege = 'UPDATE' or privilege = 'DELETE' and not ?))
                order by name, privilege""";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setArray(1, connection.createArrayOf("text", Schema.TABLES.toArray()));
            statement.setBoolean(2, deletesAudit);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String right = row.getString(2) + " on " + row.getString(1);
                    problems.add("The role " + row.getString(3) + " has no right to " + right + ": as the owner of the"
                            + " table, grant " + right + " to " + row.getString(3) + ".");
                }
            }
        }
    }

    private void write() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update installation set mode = mode");
        } catch (SQLException e) {
            problems.add(
                    READ_ONLY.equals(e.getSQLState())
                            ? "The database is read-only: connect to the primary, or set default_transaction_read_only"
                                    + " to off."
                            : "The database accepts no writes: " + line(e));
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private String text(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String line(SQLException failure) {
        return String.valueOf(RootCause.of(failure).getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }
}

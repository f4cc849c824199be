package dev.logintoken.server.database;

import dev.logintoken.server.failure.FailureLine;

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
import java.util.Optional;

import javax.sql.DataSource;

/** Examines a database for an operator before a start, without changing it. */
public final class DatabaseProbe {

    /** The allowed difference between the clocks of nodes, and between a node and its database. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    /** No table yet, which the caller looks for, or no right, which is a problem already. */
    private static final List<String> KNOWN = List.of("42P01", "42S02", "42S03", "42S04", "42501");

    private final Connection connection;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean permitted = true;

    private DatabaseProbe(Connection connection) {
        this.connection = connection;
    }

    /**
     * The findings.
     *
     * @param problems lines about what prevents a node from working
     * @param warnings lines about what impairs a node's work
     * @param permitted whether the role has the rights that it needs on the tables that there are
     */
    public record Findings(List<String> problems, List<String> warnings, boolean permitted) {}

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
            if (PostgresDriver.serves(connection)) {
                probe.lookAtEncoding();
                probe.lookForPooler();
                probe.lookAtRights(deletesAudit);
            }
            probe.write();
            return new Findings(probe.problems, probe.warnings, probe.permitted);
        } catch (SQLException e) {
            return new Findings(List.of(FailureLine.sentence(e)), List.of(), true);
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

    private void lookForPooler() throws SQLException {
        Optional<PostgresDriver> driver = PostgresDriver.of(connection);
        if (driver.isPresent() && driver.get().isPooled(connection)) {
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
                select name, string_agg(lower(privilege), ', ' order by place), current_user, current_schema
                from unnest(?) name,
                    unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) with ordinality p (privilege, place)
                where not has_table_privilege(to_regclass(name), privilege)
                    and not (name = 'audit' and (privilege = 'UPDATE' or privilege = 'DELETE' and not ?))
                group by name
                order by name""";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setArray(1, connection.createArrayOf("text", Schema.TABLES.toArray()));
            statement.setBoolean(2, deletesAudit);
            try (ResultSet row = statement.executeQuery()) {
                List<String> lacking = new ArrayList<>();
                String right = "";
                String schema = "";
                String role = "";
                while (row.next()) {
                    lacking.add(row.getString(1));
                    right = row.getString(2) + " on " + row.getString(1);
                    role = row.getString(3);
                    schema = row.getString(4);
                }
                permitted = lacking.isEmpty();
                if (lacking.size() == 1) {
                    problems.add("The role " + role + " has no right to " + right
                            + ": as the owner of the table, grant " + right + " to " + role + ".");
                } else if (!permitted) {
                    problems.add("The role " + role + " lacks rights on " + lacking.size() + " tables, such as "
                            + lacking.get(0) + ": as the owner of the tables, " + grant(schema, role) + ".");
                }
            }
        }
    }

    /** Returns the grant of all rights that the service needs on its tables. */
    static String grant(String schema, String role) {
        return "grant select, insert, update, delete on all tables in schema " + schema + " to " + role;
    }

    private void write() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update installation set mode = mode");
        } catch (SQLException e) {
            if (!KNOWN.contains(String.valueOf(e.getSQLState()))) {
                problems.add(FailureLine.sentence(e));
            }
        }
        if (!connection.isClosed()) { // As a pool does with one that failed badly.
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
}

package dev.logintoken.server.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Calls methods of PostgreSQL's driver that JDBC lacks. The driver may be one that a container brought. */
final class PostgresDriver {

    private static final String CONNECTION = "org.postgresql.PGConnection";

    private final Class<?> type;
    private final Method process;
    private final Method threshold;

    private PostgresDriver(Class<?> type) throws NoSuchMethodException {
        this.type = type;
        this.process = type.getMethod("getBackendPID");
        this.threshold = type.getMethod("setPrepareThreshold", int.class);
    }

    /** Returns whether a connection leads to PostgreSQL. */
    static boolean serves(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }

    /** Returns the driver of a connection; empty if the pool does not give access to it. */
    static Optional<PostgresDriver> of(Connection connection) {
        try {
            ClassLoader loader = connection.unwrap(Connection.class).getClass().getClassLoader();
            PostgresDriver driver = new PostgresDriver(Class.forName(CONNECTION, false, loader));
            driver.session(connection);
            return Optional.of(driver);
        } catch (ReflectiveOperationException | SQLException e) {
            return Optional.empty();
        }
    }

    /** Returns the driver's own connection under a pool's. */
    Object session(Connection connection) throws SQLException {
        return connection.unwrap(type);
    }

    /**
     * Returns whether a pooler stands in front of the server. A pooler hides the id of the server process: when the
     * connection started, it sent one that it had made up.
     */
    boolean isPooled(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1) != (Integer) call(process, session(connection));
        }
    }

    /** Tells the driver to prepare no more statements on the server. */
    void prepareNothing(Object session) throws SQLException {
        call(threshold, session, 0);
    }

    private static Object call(Method method, Object session, Object... arguments) throws SQLException {
        try {
            return method.invoke(session, arguments);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new SQLException("The driver's connection cannot be used.", e);
        }
    }
}

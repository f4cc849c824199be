package dev.logintoken.server.directory;

import dev.logintoken.server.error.UnavailableException;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import javax.sql.DataSource;

/** A migrated database, H2 or PostgreSQL. */
public final class Database {

    /** Connection lost, transaction rolled back, resources short, cancelled or shut down, lock not had in time. */
    private static final List<String> PASSING = List.of("08", "40", "53", "57", "HYT00");

    private static final String UNIQUE_VIOLATION = "23505";

    /** What a database has left to report that it cancelled a statement, before it is given up. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Jdbi jdbi;
    private volatile Facts facts = Facts.NONE;
    private volatile @Nullable Boolean postgresql;

    private Database(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Brings the schema up to date and marks whom it serves.
     *
     * @param dataSource a pool of connections, closed by whoever opened it
     * @param mode what this node is for
     * @param statement how long a statement may take; the migrations may take longer
     * @throws WrongModeException if the database was made for the other mode
     */
    public static Database open(DataSource dataSource, Mode mode, Duration statement) {
        flyway(dataSource).migrate();
        Database database = on(dataSource, statement);
        database.claim(mode);
        return database;
    }

    /**
     * A database that a node has opened before; nothing is changed in it.
     *
     * @param dataSource connects to it
     * @param mode what the caller is for
     * @param statement how long a statement may take
     * @throws OutdatedException if it has to be migrated first
     * @throws WrongModeException if it was made for the other mode
     */
    public static Database attach(DataSource dataSource, Mode mode, Duration statement) {
        Database database = on(dataSource, statement);
        if (!database.<Boolean, RuntimeException>query(
                handle -> Schema.isCurrent(handle, migrations(isPostgresql(handle))))) {
            throw new OutdatedException();
        }
        String kept = database.query(handle -> handle.createQuery("select mode from installation")
                        .mapTo(String.class)
                        .findOne())
                .orElseThrow(OutdatedException::new);
        check(kept, mode);
        return database;
    }

    /** A database that was never migrated, or by an older release. */
    public static final class OutdatedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutdatedException() {
            super("The schema of the database is not up to date; the command migrate, or the start of a node, makes it"
                    + " so.");
        }
    }

    private static Flyway flyway(DataSource dataSource) {
        List<String> migrations = migrations(on(dataSource).<Boolean, RuntimeException>query(Database::isPostgresql));
        return Flyway.configure(Database.class.getClassLoader())
                .dataSource(dataSource)
                .locations(
                        migrations.stream().map(folder -> "classpath:" + folder).toArray(String[]::new))
                .callbackLocations(new String[0])
                .load();
    }

    private static List<String> migrations(boolean postgresql) {
        return postgresql ? List.of(Schema.MIGRATIONS, Schema.POSTGRESQL_MIGRATIONS) : List.of(Schema.MIGRATIONS);
    }

    /** A database as it is, its schema being somebody else's concern. */
    public static Database on(DataSource dataSource) {
        return new Database(Jdbi.create(dataSource));
    }

    /**
     * A database as it is, its schema being somebody else's concern.
     *
     * @param statement how long a statement may take
     */
    public static Database on(DataSource dataSource, Duration statement) {
        return new Database(limited(dataSource, statement));
    }

    /** What a database, and a node on it, is for. */
    public enum Mode {
        /** To try things out: published credentials and keys. */
        SANDBOX,
        /** For real users. */
        PRODUCTION
    }

    /** A sandbox node met a production database, or the other way round. */
    public static final class WrongModeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongModeException(String kept, Mode mode) {
            super("The database was made in mode " + kept + "; this node runs in mode " + mode
                    + " and leaves it alone.");
        }
    }

    /**
     * Runs statements on one connection, each committed at once.
     *
     * @throws UnavailableException if the database does not answer
     */
    public <T, X extends Exception> T query(HandleCallback<T, X> statements) throws X {
        try {
            return jdbi.withHandle(statements);
        } catch (JdbiException e) {
            throw translated(e);
        }
    }

    /**
     * Runs statements in one transaction.
     *
     * @throws UnavailableException if the database does not answer
     */
    public <T, X extends Exception> T transaction(HandleCallback<T, X> statements) throws X {
        try {
            return jdbi.inTransaction(statements);
        } catch (JdbiException e) {
            throw translated(e);
        }
    }

    /**
     * Runs statements in one transaction, which is on disk when this returns, and on the replicas that the server waits
     * for, even if the server is set to let others' transactions be lost.
     *
     * @throws UnavailableException if the database does not answer
     */
    public <T, X extends Exception> T durable(HandleCallback<T, X> statements) throws X {
        return this.<T, X>transaction(handle -> {
            if (isPostgresql(handle)) {
                handle.execute("set local synchronous_commit = on");
            }
            return statements.withHandle(handle);
        });
    }

    /**
     * A condition that is always true, and makes the transaction {@link #durable} of a statement that writes a row by it:
     * that spares the way to the server and back of a statement of its own.
     */
    static String durably(Handle handle) {
        return isPostgresql(handle) ? "set_config('synchronous_commit', 'on', true) = 'on'" : "true";
    }

    /**
     * Asks for what the migrations left behind.
     *
     * @throws UnavailableException if the database does not answer
     */
    public void ping() {
        query(handle -> handle.createQuery("select mode from installation")
                .mapTo(String.class)
                .one());
    }

    /** What is kept of it; who changes something of which facts are kept has them forgotten, after the commit. */
    Facts facts() {
        return facts;
    }

    /** To be called after any change that was not made by a method of this package. */
    public void changed() {
        facts.forgetAll();
    }

    /** Keeps facts from now on. */
    void keep(Facts from) {
        facts = from;
    }

    /** A moment as both databases take it for a timestamp with time zone. */
    public static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /**
     * Runs statements in one transaction, and once more if another one put the same row in at the same time.
     *
     * @throws UnavailableException if the database does not answer
     */
    public <T, X extends Exception> T transactionOrAgain(HandleCallback<T, X> statements) throws X {
        try {
            return transaction(statements);
        } catch (JdbiException e) {
            if (isDuplicate(e)) {
                return transaction(statements);
            }
            throw e;
        }
    }

    /** Deletes, in batches that are short transactions, the rows of a table that belong to the time before a moment. */
    void purge(String table, String key, String time, Instant before) {
        String batch = "delete from %1$s where %2$s in (select %2$s from %1$s where %3$s < ? order by %3$s limit 1000)"
                .formatted(table, key, time);
        while (query(handle -> handle.execute(batch, utc(before))) > 0) {}
    }

    /** Whether a statement failed because its row was there already. */
    static boolean isDuplicate(JdbiException failure) {
        return failure.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState());
    }

    /** Whether it is a PostgreSQL, which is asked for once. */
    boolean isPostgresql() {
        Boolean known = postgresql;
        if (known == null) {
            known = this.<Boolean, RuntimeException>query(Database::isPostgresql);
            postgresql = known;
        }
        return known;
    }

    private static boolean isPostgresql(Handle handle) {
        try {
            return handle.getConnection().getMetaData().getDatabaseProductName().equals("PostgreSQL");
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    private void claim(Mode mode) {
        check(transactionOrAgain(handle -> mode(handle, mode)), mode);
    }

    private static void check(String kept, Mode mode) {
        if (!kept.equals(mode.name())) {
            throw new WrongModeException(kept, mode);
        }
    }

    private static String mode(Handle handle, Mode mode) {
        return handle.createQuery("select mode from installation")
                .mapTo(String.class)
                .findOne()
                .orElseGet(() -> {
                    handle.execute("insert into installation (mode) values (?)", mode.name());
                    return mode.name();
                });
    }

    /** The database cancels a statement that takes too long; if it does not even do that, the connection is closed. */
    private static Jdbi limited(DataSource dataSource, Duration statement) {
        int timeout = (int) statement.plus(GRACE).toMillis();
        Jdbi jdbi = Jdbi.create(() -> {
            Connection connection = dataSource.getConnection();
            try {
                connection.setNetworkTimeout(Runnable::run, timeout);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return connection;
        });
        jdbi.getConfig(SqlStatements.class).setQueryTimeout((int) statement.toSeconds());
        return jdbi;
    }

    private static RuntimeException translated(JdbiException failure) {
        return isAway(failure) ? new UnavailableException(failure) : failure;
    }

    /** Whether a failure is one that passes: the database does not answer, or not now. */
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
        return failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || (state != null && PASSING.stream().anyMatch(state::startsWith));
    }
}

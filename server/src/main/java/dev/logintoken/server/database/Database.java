package dev.logintoken.server.database;

import dev.logintoken.server.failure.OutdatedException;
import dev.logintoken.server.failure.SqlFailure;
import dev.logintoken.server.failure.UnfitException;
import dev.logintoken.server.failure.WrongModeException;
import dev.logintoken.server.outcome.UnavailableException;
import dev.logintoken.server.outcome.UnstorableTextException;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

/** A migrated database, H2 or PostgreSQL. Methods throw {@link UnavailableException} if it does not answer. */
public final class Database {

    /** How long the database has to report a cancelled statement. After that, the connection is given up. */
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(2);

    /** The maximum number of retries of a transaction that was rolled back because of a conflict with another. */
    private static final int MAX_RETRIES = 3;

    private final CheckedDataSource connections;
    private final Jdbi jdbi;
    private volatile @Nullable Boolean postgresql;

    private Database(CheckedDataSource connections) {
        this.connections = connections;
        this.jdbi = Jdbi.create(connections);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE); // Others quote values.
    }

    /**
     * Migrates the schema, marks it with the mode, and proves that commits are visible to other connections.
     *
     * @param dataSource a pool of connections, which the caller closes
     * @param mode the mode of this node
     * @param statement how long a statement may take; the migrations may take longer
     * @throws UnfitException if the database cannot be migrated or written to, or if commits are not visible
     * @throws WrongModeException if the database was made for the other mode
     */
    public static Database open(DataSource dataSource, Mode mode, Duration statement) {
        try {
            ServerSessions sessions = new ServerSessions(ConnectionPool.isOurs(dataSource));
            CheckedDataSource migrated = new CheckedDataSource(dataSource, Duration.ZERO, sessions);
            Migrations.run(migrated, new Database(migrated));
            Database database = on(dataSource, statement, sessions);
            check(database.transactionOrAgain(handle -> Schema.mode(handle, mode)), mode);
            CommitProof.of(database, on(dataSource, statement, sessions));
            return database;
        } catch (FlywayException | UnavailableException e) {
            throw SqlFailure.atStart(e);
        }
    }

    /**
     * Returns a database that a node has opened before, without changing it. The parameters are those of {@link #open}.
     *
     * @throws OutdatedException if it has to be migrated first
     * @throws WrongModeException if it was made for the other mode
     */
    public static Database attach(DataSource dataSource, Mode mode, Duration statement) {
        Database database = on(dataSource, statement, new ServerSessions(ConnectionPool.isOurs(dataSource)));
        Migrations.requireNone(database);
        check(database.query(Schema::mode).orElseThrow(OutdatedException::new), mode);
        return database;
    }

    private static void check(String stored, Mode mode) {
        if (!stored.equals(mode.name())) {
            throw new WrongModeException(stored, mode.name());
        }
    }

    /** Returns a database as it is. The caller is responsible for its schema. */
    public static Database on(DataSource dataSource) {
        return new Database(new CheckedDataSource(
                dataSource, Duration.ZERO, new ServerSessions(ConnectionPool.isOurs(dataSource))));
    }

    /** Returns a database that cancels a statement after a timeout. If that fails, the connection is closed. */
    private static Database on(DataSource dataSource, Duration statement, ServerSessions sessions) {
        Database database = new Database(new CheckedDataSource(dataSource, statement.plus(CANCEL_TIMEOUT), sessions));
        database.jdbi.getConfig(SqlStatements.class).setQueryTimeout((int) statement.toSeconds());
        return database;
    }

    /** The mode of a database and of its nodes. */
    public enum Mode {
        /** For trying things out: credentials and keys are published. */
        SANDBOX,
        /** For real users. */
        PRODUCTION
    }

    /** Runs statements on one connection, each committed at once. */
    public <T, X extends Exception> T query(HandleCallback<T, X> statements) throws X {
        try {
            return this.<T, X>dropping(using -> jdbi.<T, X>withHandle(using), statements);
        } catch (JdbiException e) {
            throw SqlFailure.told(e);
        }
    }

    /**
     * Looks up a row by a text from outside. If the database cannot hold the text, the result is empty. That applies to
     * a character that the database's encoding lacks. On all databases alike it applies to NUL, which PostgreSQL lacks,
     * and to half a surrogate pair.
     */
    public <T, X extends Exception> Optional<T> findByText(String text, HandleCallback<Optional<T>, X> lookUp)
            throws X {
        if (!UnstorableTextException.isStorable(text)) {
            return Optional.empty();
        }
        try {
            return query(lookUp);
        } catch (UnstorableTextException e) {
            return Optional.empty();
        }
    }

    /** Runs statements in one transaction, and runs it again after a conflict with another transaction. */
    public <T, X extends Exception> T transaction(HandleCallback<T, X> statements) throws X {
        try {
            return attempt(statements);
        } catch (JdbiException e) {
            throw SqlFailure.told(e);
        }
    }

    private <T, X extends Exception> T attempt(HandleCallback<T, X> statements) throws X {
        for (int conflicts = 0; ; conflicts++) {
            try {
                return this.<T, X>dropping(using -> jdbi.<T, X>inTransaction(using), statements);
            } catch (JdbiException e) {
                if (SqlFailure.of(e) != SqlFailure.CONFLICT || conflicts == MAX_RETRIES) {
                    throw e;
                }
            }
        }
    }

    /** A way to run statements on a connection. */
    @FunctionalInterface
    private interface Way<T, X extends Exception> {
        T run(HandleCallback<T, X> statements) throws X;
    }

    /** Runs statements, and drops the connection if its server is of no use. The pool must not hand it out again. */
    private <T, X extends Exception> T dropping(Way<T, X> way, HandleCallback<T, X> statements) throws X {
        AtomicReference<Connection> broken = new AtomicReference<>();
        try {
            return way.run(handle -> {
                try {
                    return statements.withHandle(handle);
                } catch (JdbiException e) {
                    if (SqlFailure.of(e) == SqlFailure.BROKEN) {
                        broken.set(handle.getConnection());
                        connections.abort(handle.getConnection());
                    }
                    throw e;
                }
            });
        } finally {
            if (broken.get() != null) {
                connections.evict(broken.get());
            }
        }
    }

    /**
     * Runs statements in one durable transaction. When this method returns, the transaction is on disk and on the
     * replicas that the server waits for. That holds even if the server is set to allow the loss of other transactions.
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
     * Returns a condition that is always true. A statement that uses it to write a row makes its own transaction
     * {@link #durable}. That saves the round trip of a separate statement. The subquery runs once for all rows.
     */
    public static String durably(Handle handle) {
        return isPostgresql(handle) ? "(select set_config('synchronous_commit', 'on', true)) = 'on'" : "true";
    }

    /** Checks that the migrated tables exist and that a redemption could be written. It writes nothing. */
    public void ping() {
        query(handle -> {
            handle.createQuery("select mode from installation")
                    .mapTo(String.class)
                    .one();
            return handle.execute("insert into redeemed_login_token select * from redeemed_login_token where 1 = 0");
        });
    }

    /** Returns a time in the form that both databases take for a timestamp with time zone. */
    public static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Runs statements in one transaction, and runs it again if another one inserted the same row at the same time. */
    public <T, X extends Exception> T transactionOrAgain(HandleCallback<T, X> statements) throws X {
        try {
            return attempt(statements);
        } catch (JdbiException e) {
            if (SqlFailure.of(e) == SqlFailure.DUPLICATE) {
                return transaction(statements);
            }
            throw SqlFailure.told(e);
        }
    }

    /** Deletes the rows of a table that are older than a given time. It works in batches, each a short transaction. */
    public void purge(String table, String key, String time, Instant before) {
        String batch = "delete from %1$s where %2$s in (select %2$s from %1$s where %3$s < ? order by %3$s limit 1000)"
                .formatted(table, key, time);
        while (query(handle -> handle.execute(batch, utc(before))) > 0) {}
    }

    /** Returns whether the database is PostgreSQL. The database is asked once. */
    public boolean isPostgresql() {
        Boolean known = postgresql;
        if (known == null) {
            known = this.<Boolean, RuntimeException>query(Database::isPostgresql);
            postgresql = known;
        }
        return known;
    }

    private static boolean isPostgresql(Handle handle) {
        try {
            return PostgresDriver.serves(handle.getConnection());
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }
}

package dev.logintoken.server.database;

import com.zaxxer.hikari.HikariDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

/**
 * A data source that is not trusted. It brings each connection into the state that the service needs, whatever the pool or
 * the last user of the connection left behind: no transaction open, autocommit on, writable, isolation READ COMMITTED, and
 * the schema of the first connection.
 */
final class CheckedDataSource extends DelegatingDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedDataSource.class);

    private final DataSource pool;
    private final int networkTimeoutMillis;
    private final ServerSessions sessions;

    /**
     * Checks the connections of a pool.
     *
     * @param pool hands out the connections
     * @param networkTimeout how long a connection may stay silent before it is closed; zero leaves that to the pool
     * @param sessions what is known about the sessions of the same database
     */
    CheckedDataSource(DataSource pool, Duration networkTimeout, ServerSessions sessions) {
        super(pool);
        this.pool = pool;
        this.sessions = sessions;
        this.networkTimeoutMillis = (int) networkTimeout.toMillis();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return checked(pool.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return checked(pool.getConnection(user, password));
    }

    private Connection checked(Connection connection) throws SQLException {
        try {
            if (networkTimeoutMillis > 0) {
                connection.setNetworkTimeout(Runnable::run, networkTimeoutMillis);
            }
            if (!connection.getAutoCommit()) {
                // Else the change of the mode would commit what somebody else has begun.
                connection.rollback();
                connection.setAutoCommit(true);
            }
            sessions.check(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            try {
                connection.close();
            } catch (SQLException close) {
                e.addSuppressed(close);
            }
            throw e;
        }
    }

    /**
     * Makes sure that a container's pool does not hand a connection out again, while it is in use. A pool of ours is asked
     * by {@link #evict} afterwards: it would warn of a transaction whose connection has gone.
     */
    void abort(Connection connection) {
        try {
            if (!pool.isWrapperFor(HikariDataSource.class)) {
                connection.abort(Runnable::run);
                // Some pools notice only what fails.
                connection.createStatement().close();
            }
        } catch (SQLException e) {
            LOG.debug("A connection was aborted", e);
        }
    }

    /** Makes sure that a pool of ours does not hand a connection out again, after its use. */
    void evict(Connection connection) {
        try {
            if (pool.isWrapperFor(HikariDataSource.class)) {
                pool.unwrap(HikariDataSource.class).evictConnection(connection);
            }
        } catch (SQLException e) {
            LOG.debug("A connection could not be evicted", e);
        }
    }
}

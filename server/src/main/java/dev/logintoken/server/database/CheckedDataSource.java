package dev.logintoken.server.database;

import com.zaxxer.hikari.HikariDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

/**
 * Puts each connection into the state that the service needs. It does not trust the pool or the connection's last user.
 * The state is: no open transaction, autocommit on, writable, isolation READ COMMITTED, and the schema of the first
 * connection.
 */
final class CheckedDataSource extends DelegatingDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedDataSource.class);

    private final int networkTimeoutMillis;
    private final ServerSessions sessions;

    /**
     * Creates a data source that checks the connections of a pool.
     *
     * @param pool hands out the connections
     * @param networkTimeout how long a connection may stay silent before it is closed; zero leaves that to the pool
     * @param sessions the known sessions of the same database
     */
    CheckedDataSource(DataSource pool, Duration networkTimeout, ServerSessions sessions) {
        super(pool);
        this.sessions = sessions;
        this.networkTimeoutMillis = (int) networkTimeout.toMillis();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return checked(delegate.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return checked(delegate.getConnection(user, password));
    }

    private Connection checked(Connection connection) throws SQLException {
        try {
            if (networkTimeoutMillis > 0) {
                connection.setNetworkTimeout(Runnable::run, networkTimeoutMillis);
            }
            if (!connection.getAutoCommit()) {
                // Otherwise the change of mode would commit another user's open transaction.
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
     * Makes a container's pool discard a connection that is in use. For our own pool, {@link #evict} does that
     * afterwards: the pool would warn of a transaction whose connection is gone.
     */
    void abort(Connection connection) {
        try {
            if (!delegate.isWrapperFor(HikariDataSource.class)) {
                connection.abort(Runnable::run);
                // Some pools discard a connection only after a failure.
                connection.createStatement().close();
            }
        } catch (SQLException e) {
            LOG.debug("A connection was aborted", e);
        }
    }

    /** Makes our own pool discard a connection after its use. */
    void evict(Connection connection) {
        try {
            if (delegate.isWrapperFor(HikariDataSource.class)) {
                delegate.unwrap(HikariDataSource.class).evictConnection(connection);
            }
        } catch (SQLException e) {
            LOG.debug("A connection could not be evicted", e);
        }
    }
}

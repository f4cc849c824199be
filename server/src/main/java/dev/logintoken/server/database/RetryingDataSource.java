package dev.logintoken.server.database;

import dev.logintoken.server.failure.SqlFailure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

/**
 * Retries to connect for a while when the database is away. The pool alone would wait longer after each failure, up to
 * five seconds. Callers would notice that after the database is back.
 */
final class RetryingDataSource extends DelegatingDataSource {

    private static final long RETRY_INTERVAL_MILLIS = 100;

    private final Duration patience;

    /**
     * Creates a data source, without connecting.
     *
     * @param driver makes a new connection each time, or fails
     * @param patience how long to try again
     */
    RetryingDataSource(DataSource driver, Duration patience) {
        super(driver);
        this.patience = patience;
    }

    @Override
    public Connection getConnection() throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return delegate.getConnection();
            } catch (SQLException e) {
                if (!SqlFailure.isAway(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return delegate.getConnection(user, password);
    }

    private static void pause(SQLException failure) throws SQLException {
        try {
            Thread.sleep(RETRY_INTERVAL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}

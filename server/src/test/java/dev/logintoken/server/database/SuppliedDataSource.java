package dev.logintoken.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;

import javax.sql.DataSource;

/** A data source whose connections a test supplies. */
final class SuppliedDataSource extends DelegatingDataSource {

    private final Connections connections;

    /** What a test does to hand out a connection. */
    @FunctionalInterface
    interface Connections {
        Connection next() throws SQLException;
    }

    SuppliedDataSource(DataSource delegate, Connections connections) {
        super(delegate);
        this.connections = connections;
    }

    /**
     * Returns a data source that fails before it hands out connections.
     *
     * @param failures the SQLSTATEs of the failures to come; each failure takes one
     */
    static DataSource failing(DataSource delegate, Deque<String> failures) {
        return new SuppliedDataSource(delegate, () -> {
            if (!failures.isEmpty()) {
                String state = failures.pop();
                throw new SQLException(state, state);
            }
            return delegate.getConnection();
        });
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connections.next();
    }

    @Override
    public Connection getConnection(String user, String password) {
        throw new UnsupportedOperationException();
    }
}

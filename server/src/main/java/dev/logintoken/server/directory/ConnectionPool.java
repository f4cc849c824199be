package dev.logintoken.server.directory;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.logintoken.server.error.RootCause;
import org.h2.mvstore.MVStoreException;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import javax.sql.DataSource;

/** Our own connections, where the container has bound none. */
public final class ConnectionPool implements AutoCloseable {

    private static final Duration WAIT_FOR_A_CONNECTION = Duration.ofSeconds(5);
    private static final int SIZE = 10;
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private final HikariDataSource pool;

    private ConnectionPool(HikariDataSource pool) {
        this.pool = pool;
    }

    /** A database that cannot be connected to; the message says why and holds no secret. */
    public static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /**
     * Connects to a database.
     *
     * @param url its JDBC URL
     * @throws UnusableException if that is not possible
     */
    public static ConnectionPool open(String url, Optional<String> user, Optional<String> password)
            throws UnusableException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("login-token");
        config.setMaximumPoolSize(SIZE);
        config.setConnectionTimeout(WAIT_FOR_A_CONNECTION.toMillis());
        // Named, because in a container nobody registers the drivers of a web application.
        config.setDriverClassName(url.startsWith(POSTGRESQL) ? "org.postgresql.Driver" : "org.h2.Driver");
        config.setJdbcUrl(url);
        user.ifPresent(config::setUsername);
        password.ifPresent(config::setPassword);
        try {
            return new ConnectionPool(new HikariDataSource(config));
        } catch (RuntimeException e) {
            throw new UnusableException(reason(e));
        }
    }

    /** The pool as a data source. */
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Why a database refused a connection; other messages may quote the URL, which may hold a password. */
    private static String reason(Throwable failure) {
        Throwable cause = RootCause.of(failure);
        if (cause instanceof SQLException || cause instanceof MVStoreException) {
            return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        }
        return cause instanceof IOException ? "it does not answer" : "the URL is not one of jdbc:h2 or jdbc:postgresql";
    }
}

package dev.logintoken.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.logintoken.server.failure.FailureLine;
import dev.logintoken.server.failure.SqlFailure;
import dev.logintoken.server.failure.UnfitException;
import dev.logintoken.server.outcome.UnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;

import javax.sql.DataSource;

/** A connection pool of our own, for use where the container binds none. */
public final class ConnectionPool implements AutoCloseable {

    static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);
    private static final String NAME = "login-token";
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
    private static final String CANCEL_TIMEOUT_SECONDS = "2";
    private static final String HOST_RECHECK_INTERVAL_SECONDS = "1";
    private static final String CONNECT_TIMEOUT_SECONDS = "1";
    private static final String TLS_ANSWER_TIMEOUT_MILLIS = "1000";

    private final HikariDataSource pool;
    private final PoolThreads threads;

    private ConnectionPool(HikariDataSource pool, PoolThreads threads) {
        this.pool = pool;
        this.threads = threads;
    }

    /**
     * The address and user of a database.
     *
     * @param url a JDBC URL
     * @param user the user to connect as; empty if the URL names one
     * @param password the user's password; empty if the URL has it
     */
    public record Address(String url, Optional<String> user, Optional<String> password) {
        @Override
        public String toString() {
            return "Address[…]";
        }
    }

    /**
     * Connects to a database.
     *
     * @param size the maximum number of connections
     * @param wait how long a caller waits for a connection
     * @param patience how long to try again while the database does not answer
     * @throws UnfitException if no connection can be made
     */
    public static ConnectionPool open(Address address, int size, Duration wait, Duration patience) {
        HikariConfig config = config(address, size, wait);
        PoolThreads threads = new PoolThreads();
        config.setThreadFactory(threads);
        Optional<H2Files> files = H2Files.of(address.url());
        if (files.isEmpty()) {
            return new ConnectionPool(await(() -> new HikariDataSource(config), patience), threads);
        }
        H2Files.warnings(address.url()).forEach(LOG::warn);
        // Files exist or not, and are locked or not; waiting does not help.
        files.get().prepare();
        try {
            return new ConnectionPool(await(() -> new HikariDataSource(config), Duration.ZERO), threads);
        } finally {
            files.get().protect(); // A failure may leave files as well.
        }
    }

    private static HikariConfig config(Address address, int size, Duration wait) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(NAME);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(wait.toMillis());
        // Detecting a dead connection is part of the wait.
        config.setValidationTimeout(wait.toMillis() / 2);
        // Overrides the role's and the URL's default, so that no connection has to be changed later.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        boolean postgresql = address.url().startsWith("jdbc:postgresql:");
        Properties properties = new Properties();
        if (postgresql) {
            properties.setProperty("ApplicationName", "login-token");
            properties.setProperty("cancelSignalTimeout", CANCEL_TIMEOUT_SECONDS);
            // Error details quote values.
            properties.setProperty("logServerErrorDetail", "false");
            // After a failover a former replica is the primary. By default the driver asks it again only after 10 s.
            properties.setProperty("hostRecheckSeconds", HOST_RECHECK_INTERVAL_SECONDS);
            // A silent host would keep the driver from the next one for 10 s, or 5 s if it accepts the connection.
            properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
            properties.setProperty("sslResponseTimeout", TLS_ANSWER_TIMEOUT_MILLIS);
        }
        DataSource driver = driver(address, postgresql, properties);
        config.setDataSource(postgresql ? new RetryingDataSource(driver, wait) : driver);
        return config;
    }

    private static DataSource driver(Address address, boolean postgresql, Properties properties) {
        try {
            return new DriverDataSource(
                    H2Files.completed(address.url()),
                    // Named explicitly, because in a container nobody registers a web application's drivers.
                    postgresql ? "org.postgresql.Driver" : "org.h2.Driver",
                    properties,
                    address.user().orElse(null),
                    address.password().orElse(null));
        } catch (RuntimeException e) { // It quotes the URL, which may hold a password.
            throw new UnfitException(
                    postgresql && address.url().contains("@") ? FailureLine.USER_IN_URL : FailureLine.WRONG_URL);
        }
    }

    /**
     * Waits until a data source's database answers. The data source was made by somebody else.
     *
     * @param patience how long to try again while the database does not answer
     * @throws UnfitException if the database does not answer in time or cannot be used
     */
    public static void await(DataSource dataSource, Duration patience) {
        await(
                () -> {
                    dataSource.getConnection().close();
                    return dataSource;
                },
                patience);
    }

    /** Returns whether a data source is a pool made by {@link #open}. Nobody else uses its connections. */
    static boolean isOurs(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(HikariDataSource.class)
                    && NAME.equals(dataSource.unwrap(HikariDataSource.class).getPoolName());
        } catch (SQLException e) {
            return false;
        }
    }

    /** Returns the pool as a data source. */
    public DataSource dataSource() {
        return pool;
    }

    /** Returns the name and version of a database server, such as {@code PostgreSQL 17.11}. */
    public static String product(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            DatabaseMetaData server = connection.getMetaData();
            return server.getDatabaseProductName() + " " + server.getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new UnavailableException(e);
        }
    }

    /** Registers the pool's metrics, such as connections in use and callers' waiting times. */
    public void measure(MeterRegistry registry) {
        pool.setMetricRegistry(registry);
    }

    @Override
    public void close() {
        pool.close();
        threads.await();
    }

    /**
     * Removes this web application's drivers from the JVM's list. Otherwise that list would keep the application in
     * memory after its end.
     */
    public static void deregisterDrivers() {
        ClassLoader ours = ConnectionPool.class.getClassLoader();
        // The first call may register our driver: looking at a container's driver of the same name initializes ours.
        DriverManager.getDrivers();
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == ours) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException e) {
                    LOG.warn("The driver {} stays registered", driver.getClass().getName(), e);
                }
            }
        }
    }

    private static <T> T await(Callable<T> attempt, Duration patience) {
        long begin = System.nanoTime();
        String told = "";
        while (true) {
            try {
                return attempt.call();
            } catch (Exception e) {
                String reason = FailureLine.reason(e);
                Duration waited = Duration.ofNanos(System.nanoTime() - begin).plus(RETRY_INTERVAL);
                if (!SqlFailure.isAway(e) || waited.compareTo(patience) > 0) {
                    throw new UnfitException(reason);
                }
                if (!reason.equals(told)) {
                    LOG.warn("Waiting up to {} s for the database: {}", patience.toSeconds(), reason);
                    told = reason;
                }
                pause();
            }
        }
    }

    /**
     * Pauses between attempts. If the process is ending, it does not pause, because a waiting start would delay the
     * end.
     */
    private static void pause() {
        Thread end = new Thread(Thread.currentThread()::interrupt);
        try {
            Runtime.getRuntime().addShutdownHook(end);
            Thread.sleep(RETRY_INTERVAL.toMillis());
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (InterruptedException | IllegalStateException e) { // The latter if the process is ending already.
            throw new UnfitException("the process was told to end");
        }
    }
}

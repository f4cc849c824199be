package dev.logintoken.server.database;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.logging.Logger;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests what the pool makes of its settings, and what it leaves behind. */
final class ConnectionPoolOnH2Test {

    private static final Duration WAIT = Duration.ofSeconds(7);

    /** A role or a URL may set another isolation for new connections. */
    private static final String SERIALIZABLE =
            ";INIT=SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE";

    @Test
    void aConnectionIsReadCommittedWhateverTheUrlSays() throws SQLException {
        try (ConnectionPool pool = open(SERIALIZABLE);
                Connection connection = pool.dataSource().getConnection()) {
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @Test
    void thePoolHasTheSizeAndTheWaitOfTheSettings() throws SQLException {
        try (ConnectionPool pool = open("")) {
            HikariDataSource settings = pool.dataSource().unwrap(HikariDataSource.class);
            assertThat(settings.getMaximumPoolSize()).isEqualTo(3);
            assertThat(settings.getConnectionTimeout()).isEqualTo(7_000);
            assertThat(settings.getValidationTimeout())
                    .as("a dead connection is found within the wait")
                    .isEqualTo(3_500);
        }
    }

    @Test
    void onlyAPoolOfOursIsOurs() {
        try (ConnectionPool pool = open("");
                HikariDataSource theirs = new HikariDataSource()) {
            theirs.setPoolName("theirs");
            assertThat(ConnectionPool.isOurs(pool.dataSource())).isTrue();
            assertThat(ConnectionPool.isOurs(theirs)).isFalse();
            assertThat(ConnectionPool.isOurs(new JdbcDataSource())).isFalse();
        }
    }

    @Test
    void itsConnectionsAreMeasured() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (ConnectionPool pool = open("")) {
            pool.measure(registry);
            assertThat(registry.get("hikaricp.connections.max")
                            .tag("pool", "login-token")
                            .gauge()
                            .value())
                    .isEqualTo(3);
        }
    }

    @Test
    void itsThreadsHaveANameAndEndWithIt() {
        try (ConnectionPool pool = open("")) {
            assertThat(pool.dataSource()).isNotNull();
            assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
        }
        assertThat(threads()).isEmpty();
    }

    @Test
    void theApplicationsDriversLeaveTheJvmsList() throws SQLException {
        List<Driver> before = Collections.list(DriverManager.getDrivers());
        Driver driver = new NoDriver();
        DriverManager.registerDriver(driver);
        try {
            ConnectionPool.deregisterDrivers();
            assertThat(Collections.list(DriverManager.getDrivers())).doesNotContain(driver);
        } finally {
            for (Driver other : before) {
                DriverManager.registerDriver(other);
            }
        }
    }

    private static ConnectionPool open(String settings) {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + settings;
        return ConnectionPool.open(
                new ConnectionPool.Address(url, Optional.empty(), Optional.empty()), 3, WAIT, Duration.ZERO);
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("login-token:pool"))
                .toList();
    }

    /** Connects to nothing. */
    @SuppressWarnings("NullAway")
    private static final class NoDriver implements Driver {
        @Override
        public Connection connect(String url, Properties info) {
            return null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return false;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }
}

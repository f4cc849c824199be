package dev.logintoken.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.logintoken.server.outcome.UnavailableException;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests which failures cost a connection, which repeat a transaction, and how rows are purged. */
final class StatementsTest {

    private static final String GONE = "57P01";
    private static final String OUT_OF_MEMORY = "53200";
    private static final String DUPLICATE = "23505";

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    @AutoClose
    private final HikariDataSource pool = pool();

    @Test
    void aConnectionWhoseServerIsGoneIsNotUsedAgain() throws SQLException {
        Database database = open(pool);
        JdbcConnection gone = connection(database);
        assertThatThrownBy(() -> fail(database, OUT_OF_MEMORY)).isInstanceOf(UnavailableException.class);
        assertThat(connection(database)).isSameAs(gone);
        assertThatThrownBy(() -> fail(database, GONE)).isInstanceOf(UnavailableException.class);
        assertThat(connection(database)).isNotSameAs(gone);
    }

    /** A container's pool cannot be told to discard a connection. It notices that the connection is closed. */
    @Test
    void aConnectionOfAContainersPoolIsAborted() {
        AtomicInteger aborts = new AtomicInteger();
        Database database = open(counting(aborts));
        assertThatThrownBy(() -> fail(database, OUT_OF_MEMORY)).isInstanceOf(UnavailableException.class);
        assertThat(aborts).hasValue(0);
        assertThatThrownBy(() -> fail(database, GONE)).isInstanceOf(UnavailableException.class);
        assertThat(aborts).hasValue(1);
    }

    @Test
    void aTransactionThatInsertedTheSameRowAsAnotherIsRunAgain() {
        AtomicInteger runs = new AtomicInteger();
        int result = open(pool).transactionOrAgain(handle -> {
            if (runs.incrementAndGet() < 2) {
                throw new ConnectionException(new SQLException("", DUPLICATE));
            }
            return runs.get();
        });
        assertThat(result).isEqualTo(2);
    }

    @Test
    void anyOtherFailureEndsTheTransaction() {
        AtomicInteger runs = new AtomicInteger();
        assertThatThrownBy(() -> open(pool).transactionOrAgain(handle -> {
                    runs.incrementAndGet();
                    throw new ConnectionException(new SQLException("", OUT_OF_MEMORY));
                }))
                .isInstanceOf(UnavailableException.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    void aPurgeDeletesAllOldRowsHoweverMany() {
        Database database = open(pool);
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        insert(database, 1, 2_001, now.minusSeconds(1));
        insert(database, 2_002, 2_002, now);
        database.purge("known_network", "id", "succeeded_at", now);
        assertThat(database.<Integer, RuntimeException>query(
                        handle -> handle.select("select count(*) from known_network")
                                .mapTo(Integer.class)
                                .one()))
                .isOne();
    }

    @Test
    void aPingFailsWhenATableIsMissing() {
        Database database = open(pool);
        assertThatCode(database::ping).doesNotThrowAnyException();
        database.query(handle -> handle.execute("drop table redeemed_login_token"));
        assertThatThrownBy(database::ping).isInstanceOf(UnavailableException.class);
    }

    private static Database open(DataSource dataSource) {
        return Database.open(dataSource, Database.Mode.PRODUCTION, Duration.ofSeconds(5));
    }

    private static void fail(Database database, String state) {
        database.query(handle -> {
            throw new ConnectionException(new SQLException("", state));
        });
    }

    private static JdbcConnection connection(Database database) throws SQLException {
        return database.<JdbcConnection, SQLException>query(
                handle -> handle.getConnection().unwrap(JdbcConnection.class));
    }

    private static void insert(Database database, int first, int last, Instant time) {
        database.query(handle -> handle.execute("""
                        insert into known_network (id, name, succeeded_at)
                        select cast(cast(x as varchar) as varbinary), cast('' as varbinary), ?
                        from system_range(?, ?)""", Database.utc(time), first, last));
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(h2()); // Not by the driver's manager: a stopped application has deregistered the driver.
        config.setMaximumPoolSize(2);
        return new HikariDataSource(config);
    }

    /** Returns a data source that counts the connections that are aborted. */
    private DataSource counting(AtomicInteger aborts) {
        JdbcDataSource h2 = h2();
        return new SuppliedDataSource(h2, () -> {
            Connection real = h2.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    StatementsTest.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("abort")) {
                            aborts.incrementAndGet();
                        }
                        return method.invoke(real, arguments);
                    });
        });
    }

    private JdbcDataSource h2() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(url);
        return database;
    }
}

package dev.logintoken.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.logintoken.server.failure.UnfitException;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.sql.DataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

/** A host's pool may hand out connections in any state. Either all writes are committed, or the start is refused. */
final class HostedDataSourceTest {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final JdbcDataSource direct = h2(url);
    private HikariDataSource pool = new HikariDataSource();

    static Stream<Object> pools() {
        return Stream.of(
                pool("autoCommit=false", config -> config.setAutoCommit(false)),
                pool("readOnly", config -> config.setReadOnly(true)),
                pool("SERIALIZABLE", config -> config.setTransactionIsolation("TRANSACTION_SERIALIZABLE")),
                pool("REPEATABLE READ", config -> config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ")));
    }

    private static Object pool(String name, Consumer<HikariConfig> settings) {
        return named(name, settings);
    }

    @AfterEach
    void close() throws SQLException {
        pool.close();
        try (Connection connection = direct.getConnection()) {
            connection.createStatement().execute("shutdown");
        }
    }

    @ParameterizedTest
    @MethodSource("pools")
    void whatIsWrittenIsCommittedWithoutAWordOfOurs(Consumer<HikariConfig> settings) throws SQLException {
        Database database = open(host(settings));
        database.query(handle -> handle.execute("delete from redemption_watermark"));
        assertThat(count("redemption_watermark")).isZero();
    }

    @ParameterizedTest
    @MethodSource("pools")
    void eachConnectionIsReadCommitted(Consumer<HikariConfig> settings) throws SQLException {
        Database database = open(host(settings));
        for (int i = 0; i < 3; i++) {
            assertThat(database.<Integer, SQLException>query(
                            handle -> handle.getConnection().getTransactionIsolation()))
                    .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @Test
    void whatAnotherUserOfTheConnectionHasBegunIsNotCommitted() throws SQLException {
        Database database = open(direct);
        // A pool that does not roll back hands out the connection as the last user left it.
        try (Connection left = h2(url).getConnection()) {
            left.setAutoCommit(false);
            left.createStatement().execute("delete from redemption_watermark");
            Database.on(handingOut(left)).query(handle -> handle.execute("values 1"));
        }
        assertThat(count("redemption_watermark")).isOne();
        assertThat(database.isPostgresql()).isFalse();
    }

    /** Two services have a schema each in one database. They share a pool that resets nothing. */
    @Test
    void theSchemaOfTheStartIsUsedWhateverAnotherApplicationLeftBehind() throws SQLException {
        try (Connection left = h2(url).getConnection()) {
            left.createStatement().execute("create schema theirs");
            left.createStatement().execute("create table theirs.redemption_watermark (id int)");
            Database database = open(handingOut(left));
            left.createStatement().execute("set schema theirs");
            database.query(handle -> handle.execute("delete from redemption_watermark"));
            assertThat(left.getSchema()).isEqualTo("PUBLIC");
        }
        assertThat(count("redemption_watermark")).isZero();
    }

    @Test
    void theProofLeavesNothingBehind() throws SQLException {
        open(direct);
        assertThat(count("redeemed_login_token")).isZero();
    }

    @Test
    void aDataSourceThatDoesNotCommitIsRefused() {
        open(direct);
        assertThatThrownBy(() -> open(underATransactionManager()))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("committed on one of its connections is not there on another");
    }

    @Test
    void aDataSourceThatLeadsToTwoDatabasesIsRefused() {
        JdbcDataSource other = h2("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        open(direct);
        open(other);
        assertThatThrownBy(() -> open(byTurns(List.of(direct, other)))).isInstanceOf(UnfitException.class);
    }

    private Database open(DataSource dataSource) {
        return Database.open(dataSource, Database.Mode.PRODUCTION, Duration.ofSeconds(5));
    }

    private HikariDataSource host(Consumer<HikariConfig> settings) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(direct);
        config.setMaximumPoolSize(3);
        settings.accept(config);
        pool = new HikariDataSource(config);
        return pool;
    }

    private int count(String table) throws SQLException {
        try (Connection connection = direct.getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static JdbcDataSource h2(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        return dataSource;
    }

    private static DataSource handingOut(Connection connection) {
        return dataSource(() -> without(connection, "close"));
    }

    /** Returns connections that leave the commit to somebody else, who never commits. */
    private DataSource underATransactionManager() {
        return dataSource(() -> {
            Connection connection = direct.getConnection();
            connection.setAutoCommit(false);
            return without(connection, "commit", "setAutoCommit");
        });
    }

    private static DataSource byTurns(List<? extends DataSource> sources) {
        int[] next = {0};
        return dataSource(() -> sources.get(next[0]++ % sources.size()).getConnection());
    }

    private static DataSource dataSource(Callable<Connection> connections) {
        return proxy(
                DataSource.class,
                (method, arguments) -> method.getName().equals("getConnection") ? connections.call() : false);
    }

    /** Returns a connection on which some methods do nothing. */
    private static Connection without(Connection real, String... methods) {
        return proxy(Connection.class, (method, arguments) -> {
            if (List.of(methods).contains(method.getName())) {
                return null;
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        });
    }

    private interface Answer {
        @Nullable
        Object to(Method method, @Nullable Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                HostedDataSourceTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method, arguments)));
    }
}

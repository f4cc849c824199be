package dev.logintoken.server.database;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests what happens to a connection before it is used, and what a data source passes on. */
final class CheckedDataSourceTest {

    private final JdbcDataSource h2 = new JdbcDataSource();

    /** The calls of the connections, such as {@code setNetworkTimeout 7000}. */
    private final List<String> calls = new ArrayList<>();

    @BeforeEach
    void setUp() {
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID());
    }

    @Test
    void aConnectionThatStaysSilentIsClosedAfterTheTimeout() throws SQLException {
        try (Connection connection = checked(Duration.ofSeconds(7), "").getConnection()) {
            assertThat(connection.getAutoCommit()).isTrue();
        }
        assertThat(calls).contains("setNetworkTimeout 7000");
    }

    @Test
    void withoutATimeoutThePoolsOwnStays() throws SQLException {
        try (Connection connection = checked(Duration.ZERO, "").getConnection()) {
            assertThat(connection.getAutoCommit()).isTrue();
        }
        assertThat(calls).noneMatch(call -> call.startsWith("setNetworkTimeout"));
    }

    @Test
    void aConnectionThatFailsTheCheckGoesBackToThePool() {
        assertThatThrownBy(() -> checked(Duration.ZERO, "getAutoCommit").getConnection())
                .isInstanceOf(SQLException.class)
                .hasMessage("getAutoCommit");
        assertThat(calls).contains("close");
    }

    @Test
    void whatAPoolAsksOfADataSourceReachesTheDriver() throws SQLException {
        DataSource checked = checked(Duration.ZERO, "");
        PrintWriter log = new PrintWriter(new StringWriter());
        checked.setLogWriter(log);
        checked.setLoginTimeout(5);
        assertThat(h2.getLogWriter()).isSameAs(log).isSameAs(checked.getLogWriter());
        assertThat(h2.getLoginTimeout()).isEqualTo(5).isEqualTo(checked.getLoginTimeout());
        assertThat(checked.isWrapperFor(JdbcDataSource.class)).isTrue();
        assertThat(checked.isWrapperFor(String.class)).isFalse();
        assertThat(checked.unwrap(JdbcDataSource.class)).isSameAs(h2);
    }

    /** Returns a data source whose connections fail in one method. */
    private DataSource checked(Duration networkTimeout, String failing) {
        DataSource watched = new SuppliedDataSource(h2, () -> watched(h2.getConnection(), failing));
        return new CheckedDataSource(watched, networkTimeout, new ServerSessions(false));
    }

    private Connection watched(Connection real, String failing) {
        return (Connection) Proxy.newProxyInstance(
                CheckedDataSourceTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    String name = method.getName();
                    calls.add(name.equals("setNetworkTimeout") ? name + " " + arguments[1] : name);
                    if (name.equals(failing)) {
                        throw new SQLException(name);
                    }
                    return method.invoke(real, arguments);
                });
    }
}

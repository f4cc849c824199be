package dev.logintoken.server.database;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A look at a database changes nothing, and shows no password. */
final class DatabaseProbeTest {

    private final JdbcDataSource h2 = new JdbcDataSource();
    private final List<String> calls = new ArrayList<>();

    @Test
    void theTrialOfAWriteIsRolledBack() {
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        assertThat(DatabaseProbe.look(source(h2), Clock.systemUTC(), true).problems())
                .isEmpty();
        assertThat(calls)
                .containsSubsequence("setAutoCommit false", "createStatement", "rollback", "setAutoCommit true");
        assertThat(calls.get(calls.size() - 1)).isEqualTo("close");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsAProblem() {
        h2.setURL("jdbc:h2:tcp://127.0.0.1:1/x");
        DatabaseProbe.Findings findings = DatabaseProbe.look(source(h2), Clock.systemUTC(), true);
        assertThat(findings.problems()).singleElement().asString().contains("does not answer");
        assertThat(findings.warnings()).isEmpty();
    }

    @Test
    void anAddressShowsNoPassword() {
        assertThat(new ConnectionPool.Address("jdbc:h2:mem:x", Optional.of("user"), Optional.of("hunter2")))
                .hasToString("Address[…]");
    }

    /** Returns a data source whose connections record their calls. */
    private DataSource source(DataSource real) {
        return new SuppliedDataSource(real, () -> {
            Connection connection = real.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    DatabaseProbeTest.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        String name = method.getName();
                        calls.add(name.equals("setAutoCommit") ? name + " " + arguments[0] : name);
                        return method.invoke(connection, arguments);
                    });
        });
    }
}

package dev.logintoken.server.database;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class RetryingDataSourceTest {

    private static final String AWAY = "08001";
    private static final String WRONG_PASSWORD = "28P01";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** The SQLSTATEs of the connections that fail before one succeeds. */
    private final Deque<String> failures = new ArrayDeque<>();

    @Test
    void aDatabaseThatComesBackIsConnectedTo() throws SQLException {
        try (Connection connection = connect(PATIENCE, AWAY, AWAY, AWAY)) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void aRefusalIsReportedAtOnce() {
        assertThatThrownBy(() -> connect(PATIENCE, WRONG_PASSWORD, AWAY)).hasMessage(WRONG_PASSWORD);
        assertThat(failures).containsExactly(AWAY);
    }

    @Test
    void theLastFailureIsReportedWhenPatienceEnds() {
        assertThatThrownBy(() -> connect(Duration.ZERO, AWAY, AWAY)).hasMessage(AWAY);
        assertThat(failures).containsExactly(AWAY);
    }

    @Test
    void aThreadThatIsToldToEndWaitsNoLonger() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> connect(PATIENCE, AWAY, AWAY)).hasMessage(AWAY);
        assertThat(failures).containsExactly(AWAY);
        assertThat(Thread.interrupted()).as("the caller learns of it").isTrue();
    }

    private Connection connect(Duration patience, String... states) throws SQLException {
        failures.addAll(List.of(states));
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:retrying");
        return new RetryingDataSource(SuppliedDataSource.failing(database, failures), patience).getConnection();
    }
}

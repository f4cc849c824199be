package dev.logintoken.server.database;

import dev.logintoken.server.failure.UnfitException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A start waits for a database that does not answer yet, and for no other. */
final class AwaitedDataSourceTest {

    private static final String AWAY = "08001";
    private static final String WRONG_PASSWORD = "28P01";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Logger LOG = Logger.getLogger(ConnectionPool.class.getName());

    private final JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "", "");

    /** The SQLSTATEs of the connections that fail before one succeeds. */
    private final Deque<String> failures = new ArrayDeque<>();

    private final List<String> log = new ArrayList<>();
    private final Handler handler = new StreamHandler() {
        @Override
        public synchronized void publish(LogRecord entry) {
            log.add(new SimpleFormatter().formatMessage(entry));
        }
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void close() {
        LOG.removeHandler(handler);
        LOG.setUseParentHandlers(true);
        database.dispose();
    }

    @Test
    void aDatabaseThatAnswersKeepsNoConnectionBusy() {
        await(PATIENCE);
        assertThat(database.getActiveConnections()).isZero();
        assertThat(log).isEmpty();
    }

    @Test
    void aDatabaseThatComesBackIsWaitedForWithOneLine() {
        await(PATIENCE, AWAY, AWAY);
        assertThat(failures).isEmpty();
        assertThat(log).singleElement().asString().startsWith("Waiting up to 60 s for the database: ");
    }

    @Test
    void whenPatienceEndsTheStartIsRefused() {
        assertThatThrownBy(() -> await(Duration.ZERO, AWAY, AWAY)).isInstanceOf(UnfitException.class);
        assertThat(failures).containsExactly(AWAY);
        assertThat(log).isEmpty();
    }

    @Test
    void aRefusalIsNotWaitedFor() {
        assertThatThrownBy(() -> await(PATIENCE, WRONG_PASSWORD, AWAY)).isInstanceOf(UnfitException.class);
        assertThat(failures).containsExactly(AWAY);
    }

    @Test
    void aStartThatIsToldToEndWaitsNoLonger() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> await(PATIENCE, AWAY, AWAY))
                .isInstanceOf(UnfitException.class)
                .hasMessage("the process was told to end");
        assertThat(failures).containsExactly(AWAY);
    }

    private void await(Duration patience, String... states) {
        failures.addAll(List.of(states));
        ConnectionPool.await(SuppliedDataSource.failing(database, failures), patience);
    }
}

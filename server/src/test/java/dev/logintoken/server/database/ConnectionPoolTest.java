package dev.logintoken.server.database;

import dev.logintoken.server.failure.UnfitException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An address without a database gets a line that says what to correct. */
final class ConnectionPoolTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://127.0.0.1:1/x | connection refused by 127.0.0.1:1: start the database",
                "jdbc:h2:tcp://127.0.0.1:1/x | connection refused by 127.0.0.1:1: start the database",
                "jdbc:postgresql://nohost.invalid/x | there is no host nohost.invalid: start the database",
            })
    void anAddressWithoutAServerIsNamed(String url, String reason) {
        assertUnfit(url, "it does not answer: " + reason + ", or correct the address");
    }

    @Test
    void aPasswordBeforeTheHostIsNotShown() {
        assertUnfit(
                "jdbc:postgresql://u:hunter2@127.0.0.1/x",
                "its URL has a user before the host: set logintoken.db.user and logintoken.db.password");
    }

    @Test
    void anotherDatabaseIsRefused() {
        assertUnfit("jdbc:oracle:thin:u/hunter2@x", "the URL is not one of jdbc:h2 or jdbc:postgresql");
    }

    private static void assertUnfit(String url, String message) {
        ConnectionPool.Address address = new ConnectionPool.Address(url, Optional.empty(), Optional.empty());
        Duration wait = Duration.ofMillis(500);
        assertThatThrownBy(() -> ConnectionPool.open(address, 1, wait, Duration.ZERO))
                .isInstanceOf(UnfitException.class)
                .hasMessage(message)
                .hasNoCause();
    }
}

package dev.logintoken.contract.database;

import dev.logintoken.contract.client.Api;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/** While the database fails, callers get 503 in time. Afterwards the service recovers, and no token was used twice. */
final class PostgresOutageIT extends FailingPostgres {

    @Test
    void whileTheDatabaseIsStoppedEveryOperationSaysWhenToComeBack() throws Exception {
        List<String> tokens = issue(2);
        Exchange login = api.login();
        assertThat(redeem(tokens.get(0)).status()).isEqualTo(200);
        postgres.stop();
        try {
            // What a node keeps it may use until it knows that it is cut off, for less than a second.
            Waiting.until(PATIENCE, () -> loginToken().status() == 503);
            List<Supplier<Exchange>> requests = List.of(
                    () -> redeem(tokens.get(0)),
                    () -> redeem(tokens.get(1)),
                    FailingPostgres::loginToken,
                    api::authenticate,
                    api::login,
                    () -> api.refresh(field(login, "refreshToken")),
                    () -> api.register("outage000000000000000000000000000000"),
                    () -> api.send(
                            "POST",
                            "/api/v1/user/logout",
                            "",
                            Api.with("User-Authorization", "Bearer " + field(login, "token"))),
                    () -> api.send("GET", "/api/v1/system/info", "", Api.with("X-Api-Key", PARTNERS_KEY)));
            List<Future<?>> answers = new ArrayList<>();
            for (Supplier<Exchange> request : requests) {
                answers.add(threads.submit(() -> assertUnavailable(CONNECTION, request)));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
        } finally {
            postgres.start();
        }
        awaitRecovery();
        assertThat(codes(redeem(tokens.get(0)))).containsExactly("ER712");
        assertUsableOnce(tokens.get(1));
    }

    @Test
    void aDatabaseThatAnswersNothingHoldsNobodyUp() throws Exception {
        String token = issue(1).get(0);
        postgres.freeze();
        try {
            assertUnavailable(CONNECTION.plus(STATEMENT).plus(GRACE), () -> redeem(token));
            assertUnavailable(CONNECTION.plus(STATEMENT).plus(GRACE), FailingPostgres::loginToken);
        } finally {
            postgres.thaw();
        }
        awaitRecovery();
        assertUsableOnce(token);
    }

    @Test
    void aStatementThatTakesTooLongIsCancelled() throws Exception {
        String token = issue(1).get(0);
        try (Connection connection = lock("redeemed_login_token")) {
            assertUnavailable(STATEMENT, () -> redeem(token));
            connection.rollback();
        }
        assertUsableOnce(token);
    }

    /** They are committed together, and so wait for each other, but not one batch after the other. */
    @Test
    void redemptionsThatComeTogetherWaitForAStatementOnce() throws Exception {
        List<String> tokens = issue(16);
        List<Future<?>> answers = new ArrayList<>();
        try (Connection connection = lock("redeemed_login_token")) {
            for (String token : tokens) {
                answers.add(threads.submit(() -> assertUnavailable(STATEMENT, () -> redeem(token))));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
            connection.rollback();
        }
        tokens.forEach(PostgresOutageIT::assertUsableOnce);
    }

    @Test
    void aPoolThatIsUsedUpIsWaitedForNoLongerThanAllowed() throws Exception {
        String token = issue(1).get(0);
        List<Future<Exchange>> slow = new ArrayList<>();
        try (Connection connection = lock("session")) {
            for (int i = 0; i < POOL_SIZE; i++) {
                slow.add(threads.submit(api::authenticate));
            }
            awaitCount(POOL_SIZE, "pg_locks where not granted and relation = 'session'::regclass");
            assertUnavailable(CONNECTION, () -> redeem(token));
            connection.rollback();
        }
        for (Future<Exchange> answer : slow) {
            assertThat(answer.get().status()).isEqualTo(200);
        }
        assertUsableOnce(token);
    }

    /** Nobody writes into or reads from a table until this connection rolls back. */
    private static Connection lock(String table) throws Exception {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        connection.createStatement().execute("lock table " + table + " in access exclusive mode");
        return connection;
    }

    private static void assertUsableOnce(String token) {
        assertThat(redeem(token).status()).isEqualTo(200);
        assertThat(codes(redeem(token))).containsExactly("ER712");
    }
}

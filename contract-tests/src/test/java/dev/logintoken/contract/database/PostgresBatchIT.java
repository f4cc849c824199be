package dev.logintoken.contract.database;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.service.Service;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;

import static dev.logintoken.contract.client.Api.OTHER_IDENTIFIER;
import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/** Redemptions that come together are decided by one statement, each for itself. */
final class PostgresBatchIT extends FailingPostgres {

    private static final int TOKENS_A_STEP = 8;
    private static final int RACERS = 4 * TOKENS_A_STEP;
    private static final int STEPS = 50;

    /** The statement of the batch waits for the lock, after its tokens were checked. */
    @Test
    void aUserWhoIsRevokedWhileTheStatementWaitsIsRefusedAndNobodyElse() throws Exception {
        List<String> tokens = issue(8);
        Exchange other = api.loginToken("X-Api-Key", PARTNERS_KEY, "User-Identifier", OTHER_IDENTIFIER);
        List<Future<Exchange>> answers = new ArrayList<>();
        Future<Exchange> refused;
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table redeemed_login_token in access exclusive mode");
            refused = threads.submit(() -> api.redeem(field(other, "uuid"), field(other, "token")));
            awaitCount(1, "pg_locks where not granted and relation = 'redeemed_login_token'::regclass");
            tokens.forEach(token -> answers.add(threads.submit(() -> redeem(token))));
            connection
                    .createStatement()
                    .execute("update account set stamp = sha256(stamp) where uuid = '" + field(other, "uuid") + "'");
            connection.commit();
        }
        assertThat(codes(refused.get())).containsExactly("ER710");
        for (Future<Exchange> answer : answers) {
            assertThat(answer.get().status()).isEqualTo(200);
        }
        assertThat(count("audit where outcome = 'REVOKED' and account = '" + field(other, "uuid") + "'"))
                .isOne();
    }

    /** In each step, two racers at each of two nodes want the same token. So batches have tokens in common. */
    @Test
    void racesAtTwoNodesUseEachTokenOnceAndNeverDeadlock() throws Exception {
        List<String> tokens = issue(STEPS * TOKENS_A_STEP);
        long before = count("audit where action = 'redeem'");
        List<Exchange> answers = new ArrayList<>();
        try (Service second = startNode()) {
            List<Api> nodes = List.of(api, new Api(second.url()));
            CyclicBarrier barrier = new CyclicBarrier(RACERS);
            List<Future<List<Exchange>>> races = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                int racer = i;
                races.add(threads.submit(() -> {
                    List<Exchange> own = new ArrayList<>();
                    for (int step = 0; step < STEPS; step++) {
                        String token = tokens.get(step * TOKENS_A_STEP + racer % TOKENS_A_STEP);
                        barrier.await();
                        own.add(nodes.get(racer * nodes.size() / RACERS).redeem(UUID, token));
                    }
                    return own;
                }));
            }
            for (Future<List<Exchange>> race : races) {
                answers.addAll(race.get());
            }
        }
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(tokens.size());
        assertThat(answers.stream().filter(answer -> answer.status() != 200))
                .allSatisfy(answer -> assertThat(codes(answer)).containsExactly("ER712"));
        assertThat(count("audit where action = 'redeem'") - before).isEqualTo(answers.size());
        assertThat(count("pg_stat_database where deadlocks > 0")).isZero();
    }

    private static long count(String from) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet row = connection.createStatement().executeQuery("select count(*) from " + from)) {
            row.next();
            return row.getLong(1);
        }
    }
}

package dev.logintoken.contract.database;

import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Test;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import static dev.logintoken.contract.client.Api.codes;
import static org.assertj.core.api.Assertions.assertThat;

/** A redemption that was committed counts, even if its answer was lost with the database or the service. */
final class PostgresCommitIT extends FailingPostgres {

    @Test
    void aRedemptionWhoseCommitIsNotConfirmedIsNotRepeated() throws Exception {
        String token = issue(1).get(0);
        waitForReplicas(true);
        try {
            assertUnavailable(STATEMENT.plus(GRACE), () -> redeem(token));
        } finally {
            waitForReplicas(false);
        }
        assertThat(codes(redeem(token))).containsExactly("ER712");
        assertThat(redeemed()).contains(sha256(token));
    }

    @Test
    void aServiceThatDiesBetweenCommitAndAnswerHasRedeemed() throws Exception {
        String token = issue(1).get(0);
        waitForReplicas(true);
        try {
            Future<Exchange> answer = threads.submit(() -> redeem(token));
            awaitUnconfirmed();
            service.kill();
            assertThat(answer).failsWithin(Duration.ofSeconds(5));
        } finally {
            waitForReplicas(false);
            startService();
        }
        assertThat(codes(redeem(token))).containsExactly("ER712");
        assertThat(redeemed()).contains(sha256(token));
    }

    @Test
    void whatWasAnsweredSurvivesACrashAndARestartOfTheDatabase() throws Exception {
        List<String> tokens = issue(500);
        Map<String, AtomicInteger> successes = new ConcurrentHashMap<>();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger redeemed = new AtomicInteger();
        Callable<Void> racer = () -> {
            for (int i = next.getAndIncrement(); i < tokens.size(); i = next.getAndIncrement()) {
                String token = tokens.get(i);
                Exchange exchange;
                do {
                    exchange = redeem(token);
                } while (exchange.status() == 503);
                if (exchange.status() == 200) {
                    successes.computeIfAbsent(token, any -> new AtomicInteger()).incrementAndGet();
                    redeemed.incrementAndGet();
                } else {
                    // Committed, and the answer was lost.
                    assertThat(codes(exchange)).containsExactly("ER712");
                }
            }
            return null;
        };
        List<Future<Void>> races = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            races.add(threads.submit(racer));
        }
        Waiting.until(PATIENCE, () -> redeemed.get() >= tokens.size() / 3);
        postgres.crash();
        postgres.start();
        Waiting.until(PATIENCE, () -> redeemed.get() >= tokens.size() * 2 / 3);
        postgres.stop();
        postgres.start();
        for (Future<Void> race : races) {
            race.get();
        }
        assertThat(successes.values()).allSatisfy(count -> assertThat(count).hasValue(1));
        assertThat(redeemed())
                .containsAll(tokens.stream().map(PostgresCommitIT::sha256).toList());
        assertThat(tokens).allSatisfy(token -> assertThat(codes(redeem(token))).containsExactly("ER712"));
    }

    /** Commits that have to be safe take place, but are not confirmed: they wait for a replica that does not exist. */
    private static void waitForReplicas(boolean wait) throws Exception {
        postgres.execute("alter system set synchronous_standby_names = '" + (wait ? "*" : "") + "'");
        postgres.execute("select pg_reload_conf()");
        Waiting.until(PATIENCE, () -> {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet shown = statement.executeQuery("show synchronous_standby_names")) {
                shown.next();
                return shown.getString(1).isEmpty() != wait;
            }
        });
    }

    private static void awaitUnconfirmed() throws Exception {
        awaitCount(1, "pg_stat_activity where wait_event = 'SyncRep'");
    }

    /** The hashes of all tokens that the database says were used. */
    private static Set<String> redeemed() throws Exception {
        Set<String> hashes = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select encode(sha256, 'hex') from redeemed_login_token")) {
            while (rows.next()) {
                hashes.add(rows.getString(1));
            }
        }
        return hashes;
    }

    private static String sha256(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getUrlDecoder().decode(token));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

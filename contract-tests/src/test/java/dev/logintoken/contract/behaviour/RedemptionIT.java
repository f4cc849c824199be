package dev.logintoken.contract.behaviour;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.service.TestDatabase;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import static dev.logintoken.contract.client.Api.ACTIVE_IDENTIFIER;
import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/** A login token logs its user in once: under a race, after a crash, and whatever the clock says. */
final class RedemptionIT {

    private static final int RACERS = 16;
    private static final int TOKENS = Integer.getInteger("contract.tokens");
    private static final Map<String, Object> EARLIER = Map.of("seconds", -7200);
    private static final String UUID = "45b9313b-fa47-4786-baf1-62969dec31f2";

    /** Tokens live long enough for a slow machine. */
    private static final String TTL = "-Dlogintoken.ttl=3600";

    @RegisterExtension
    private static final SandboxExtension SANDBOX = new SandboxExtension(TestDatabase::lasting, TTL);

    @TempDir
    private Path directory;

    @Test
    void sixteenRequestsAtOnceUseATokenOnce() throws Exception {
        Api api = SANDBOX.api();
        List<String> tokens = issue(api, TOKENS);
        AtomicIntegerArray successes = new AtomicIntegerArray(TOKENS);
        AtomicInteger others = new AtomicInteger();
        CyclicBarrier barrier = new CyclicBarrier(RACERS);
        race(racer -> {
            for (int i = 0; i < TOKENS; i++) {
                barrier.await();
                Exchange exchange = api.redeem(UUID, tokens.get(i));
                if (exchange.status() == 200) {
                    successes.incrementAndGet(i);
                } else if (!codes(exchange).equals(Set.of("ER712"))) {
                    others.incrementAndGet();
                }
            }
        });
        assertThat(counts(successes)).containsOnly(1);
        assertThat(others).hasValue(0);
    }

    @Test
    void aCrashNeitherLosesNorRepeatsARedemption() throws Exception {
        int half = RACERS * TOKENS / 4;
        List<String> tokens;
        AtomicIntegerArray successes;
        TestDatabase database = TestDatabase.lasting(directory);
        Service crashing = start(database);
        try {
            Api api = new Api(crashing.url());
            tokens = issue(api, TOKENS);
            successes = new AtomicIntegerArray(TOKENS);
            AtomicInteger requests = new AtomicInteger();
            race(racer -> {
                try {
                    for (int i = 0; i < TOKENS; i++) {
                        if (requests.incrementAndGet() == half) {
                            crashing.kill();
                        }
                        if (api.redeem(UUID, tokens.get(i)).status() == 200) {
                            successes.incrementAndGet(i);
                        }
                    }
                } catch (UncheckedIOException e) {
                    // The crash, as a client sees it.
                }
            });
        } finally {
            crashing.kill();
        }
        int before = counts(successes).stream().mapToInt(Integer::intValue).sum();
        assertThat(before).as("redemptions before the crash").isPositive().isLessThan(TOKENS);

        try (Service restarted = start(database)) {
            Api api = new Api(restarted.url());
            for (int i = 0; i < TOKENS; i++) {
                Exchange exchange = api.redeem(UUID, tokens.get(i));
                if (successes.get(i) == 1) {
                    assertThat(codes(exchange))
                            .as("token %d was redeemed before the crash", i)
                            .containsExactly("ER712");
                } else if (exchange.status() == 200) {
                    successes.incrementAndGet(i);
                } else {
                    // Committed, and the answer was lost in the crash: used, and that is what it says.
                    assertThat(codes(exchange)).containsExactly("ER712");
                }
            }
        }
        assertThat(counts(successes)).allMatch(count -> count <= 1);
    }

    @Test
    void aRestartKeepsOutstandingTokensGoodAndUsedOnesUsed() throws Exception {
        List<String> tokens = issue(SANDBOX.api(), 2);
        assertThat(SANDBOX.api().redeem(UUID, tokens.get(0)).status()).isEqualTo(200);
        SANDBOX.restart();
        assertThat(codes(SANDBOX.api().redeem(UUID, tokens.get(0)))).containsExactly("ER712");
        assertThat(SANDBOX.api().redeem(UUID, tokens.get(1)).status()).isEqualTo(200);
    }

    /** Tokens of other tests stay good: the purge reaches no further than the true time. */
    @Test
    void noClockRevivesAUsedTokenAfterThePurge() {
        SANDBOX.states().setUp("the clock is ahead", EARLIER);
        String token = issue(SANDBOX.api(), 1).get(0);
        assertThat(SANDBOX.api().redeem(UUID, token).status()).isEqualTo(200);
        SANDBOX.states().tearDown();
        SANDBOX.states().setUp("the purge has run");
        SANDBOX.states().setUp("the clock is ahead", EARLIER);
        assertThat(codes(SANDBOX.api().redeem(UUID, token))).containsExactly("ER711");
    }

    @Test
    void aTokenAlteredInAnyCharacterIsNotGood() {
        String token = issue(SANDBOX.api(), 1).get(0);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String altered = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(codes(SANDBOX.api().redeem(UUID, altered)))
                    .as("character %d", i)
                    .containsExactly("ER710");
        }
        assertThat(SANDBOX.api().redeem(UUID, token).status()).isEqualTo(200);
        assertThat(SANDBOX.service().output()).doesNotContain(token);
    }

    @Test
    void askingForTokensWritesNothing() throws Exception {
        TestDatabase database = TestDatabase.open(directory);
        try (Service service = start(database)) {
            Map<String, Long> before = rows(database);
            Api api = new Api(service.url());
            issue(api, 100);
            assertThat(api.send("HEAD", Api.LOGIN_TOKEN, "", headers()).status())
                    .isEqualTo(200);
            assertThat(before).containsKey("redeemed_login_token").hasSizeGreaterThan(8);
            assertThat(rows(database)).isEqualTo(before);
        }
    }

    /** What one of the racers does. */
    @FunctionalInterface
    private interface Race {
        void run(int racer) throws Exception;
    }

    private static void race(Race race) throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(RACERS);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                int racer = i;
                runs.add(racers.submit(() -> {
                    race.run(racer);
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            racers.shutdownNow();
        }
    }

    private static List<Integer> counts(AtomicIntegerArray successes) {
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < successes.length(); i++) {
            counts.add(successes.get(i));
        }
        return counts;
    }

    private static List<String> issue(Api api, int count) {
        List<String> tokens = new ArrayList<>(Collections.nCopies(count, ""));
        tokens.replaceAll(none -> {
            Exchange exchange = api.send("GET", Api.LOGIN_TOKEN, "", headers());
            assertThat(exchange.status()).isEqualTo(200);
            return field(exchange, "token");
        });
        return tokens;
    }

    private static Map<String, String> headers() {
        return Api.with("X-Api-Key", PARTNERS_KEY, "User-Identifier", ACTIVE_IDENTIFIER);
    }

    private Service start(TestDatabase database) throws IOException {
        return Service.startOn(database, directory, List.of(TTL));
    }

    /** The number of rows in each table. */
    private static Map<String, Long> rows(TestDatabase database) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (Connection connection = database.connect();
                ResultSet tables = connection
                        .createStatement()
                        .executeQuery("select table_name from information_schema.tables where lower(table_schema) ="
                                + " 'public'")) {
            while (tables.next()) {
                String table = tables.getString(1);
                try (ResultSet count =
                        connection.createStatement().executeQuery("select count(*) from \"" + table + "\"")) {
                    count.next();
                    rows.put(table.toLowerCase(Locale.ROOT), count.getLong(1));
                }
            }
        }
        return rows;
    }
}

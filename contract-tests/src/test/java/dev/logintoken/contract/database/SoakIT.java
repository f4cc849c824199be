package dev.logintoken.contract.database;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.Nodes;
import dev.logintoken.contract.service.Postgres;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes on PostgreSQL under load of wrk, for {@code soak.seconds}. Meanwhile a node is killed and started again ten
 * times, the keys are rotated, and PostgreSQL crashes once and is restarted once. Each login token is redeemed at two
 * nodes at once. At most one of them answers 200, and each 200 has its row in the database. All nodes refuse a deleted
 * user and a revoked API key a second later.
 */
final class SoakIT {

    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("soak.seconds"));
    private static final int NODES = 3;
    private static final int USERS = 1000;
    private static final int REDEEMERS = 4;
    private static final Set<String> USED = Set.of("ER712");
    private static final Set<String> AWAY = Set.of("ER999");

    private final Spec spec = LoginTokenSpec.load();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final RedeemedTokens redeemed = new RedeemedTokens();
    private final LongAdder answers = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder revoked = new LongAdder();
    private volatile boolean ended;

    @Test
    void nothingIsLostOrUsedTwice(@TempDir Path directory) throws Exception {
        try (Postgres postgres = Postgres.in(Files.createDirectory(directory.resolve("postgres")));
                Nodes nodes = new Nodes(directory, postgres.createDatabase().url(), NODES, USERS)) {
            ExecutorService threads = Executors.newCachedThreadPool();
            List<Future<?>> running = new ArrayList<>();
            List<SoakLoad> load = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                load.add(SoakLoad.on(nodes.url(i), LENGTH, USERS));
            }
            for (int i = 0; i < REDEEMERS; i++) {
                running.add(threads.submit(untilTheEnd(() -> redeem(nodes))));
            }
            running.add(threads.submit(untilTheEnd(() -> revoke(nodes))));
            try {
                upset(nodes, postgres);
            } finally {
                ended = true;
            }
            for (Future<?> each : running) {
                each.get();
            }
            threads.shutdown();
            long issued = 0;
            for (SoakLoad each : load) {
                SoakLoad.Report report = each.await();
                issued += report.issued();
                if (report.foreign() > 0) {
                    faults.add("under load: " + report);
                }
            }
            System.out.printf(
                    "Soak of %d s: %d tokens issued under load; %d answers to redeemers, of them ER999 %d; %d requests"
                            + " without an answer; %d tokens redeemed, %d whose fate no client knows; %d times a user and"
                            + " a key revoked, and heeded by all nodes after a second%n",
                    LENGTH.toSeconds(),
                    issued,
                    answers.sum(),
                    failures.sum(),
                    unanswered.sum(),
                    redeemed.size(),
                    unknown.sum(),
                    revoked.sum());
            assertThat(issued).isPositive();
            assertThat(redeemed.size()).isPositive();
            assertThat(revoked.sum()).isPositive();
            assertThat(redeemed.missing(nodes))
                    .as("redemptions that were confirmed and are not kept")
                    .isEmpty();
            assertThat(faults).isEmpty();
        }
    }

    /** What befalls nodes and database, spread over the time. */
    private static void upset(Nodes nodes, Postgres postgres) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            long next = start + LENGTH.multipliedBy(2L * i + 1).dividedBy(20).toNanos();
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            if (i == 1) {
                // From a minute later on, all sign with another key.
                nodes.command("key", "rotate");
            }
            nodes.kill(i % NODES);
            if (i == 3) {
                postgres.stop();
                postgres.start();
            } else if (i == 6) {
                postgres.crash();
                postgres.start();
            }
            nodes.restart(i % NODES);
        }
    }

    /** A token from one node, used on two others at the same time, and then once more. */
    private Void redeem(Nodes nodes) throws Exception {
        int user = ThreadLocalRandom.current().nextInt(USERS);
        List<Exchange> issued = answer(
                () -> nodes.any().loginToken("X-Api-Key", Nodes.API_KEY, "User-Identifier", Nodes.identifier(user)));
        if (issued.isEmpty() || issued.get(0).status() != 200) {
            issued.forEach(exchange -> expect(exchange, AWAY));
            return null;
        }
        String token = field(issued.get(0), "token");
        String uuid = field(issued.get(0), "uuid");
        Callable<Exchange> use = () -> nodes.any()
                .post(
                        Api.LOGIN_TOKEN + "/redeem",
                        Map.of("uuid", uuid, "token", token),
                        "X-Api-Key",
                        Nodes.WEBSITES_KEY);
        CompletableFuture<List<Exchange>> other = CompletableFuture.supplyAsync(() -> answer(use));
        List<Exchange> uses = new ArrayList<>(answer(use));
        uses.addAll(other.get());
        uses.addAll(answer(use));
        long successes = uses.stream().filter(each -> each.status() == 200).count();
        uses.stream().filter(each -> each.status() != 200).forEach(each -> {
            if (!codes(each).equals(AWAY)) {
                expect(each, USED);
            }
        });
        boolean certain =
                uses.size() == 3 && uses.stream().noneMatch(each -> codes(each).equals(AWAY));
        if (successes > 1) {
            faults.add("a token was redeemed " + successes + " times");
        } else if (successes == 1) {
            redeemed.add(token);
        } else if (certain) {
            faults.add("a token was used by nobody and is used");
        } else {
            unknown.increment();
        }
        return null;
    }

    /** A user and an API key that all nodes know, and that none must know a second after they are gone. */
    private Void revoke(Nodes nodes) throws Exception {
        String key = "key-" + UUID.randomUUID();
        String identifier = UUID.randomUUID().toString().replace("-", "") + "soak";
        try (Connection connection = nodes.connect()) {
            // Otherwise a crash of PostgreSQL would lose these rows.
            run(connection, "set synchronous_commit = on", "");
            run(
                    connection,
                    "insert into api_key (sha256, partner) select sha256('%s'), uuid from partner where role = 'APP'",
                    key);
            run(
                    connection,
                    "insert into account (uuid, email, stamp) values (gen_random_uuid(), '%s',"
                            + " uuid_send(gen_random_uuid()))",
                    identifier);
            run(
                    connection,
                    "insert into identifier (identifier, uuid, partner, account) select a.email, gen_random_uuid(),"
                            + " p.uuid, a.uuid from account a, partner p where p.role = 'APP' and a.email = '%s'",
                    identifier);
            askAll(nodes, key, Nodes.identifier(0), Set.of());
            askAll(nodes, Nodes.API_KEY, identifier, Set.of());
            run(connection, "update api_key set revoked_at = now() where sha256 = sha256('%s')", key);
            run(connection, "update account set deleted_at = now() where email = '%s'", identifier);
            Thread.sleep(1000);
            askAll(nodes, key, Nodes.identifier(0), Set.of("ER805"));
            askAll(nodes, Nodes.API_KEY, identifier, Set.of("ER709"));
            revoked.increment();
        } catch (SQLException e) { // The database was killed; the next time counts.
            Thread.sleep(100);
        }
        return null;
    }

    private static void run(Connection connection, String sql, String value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.formatted(value));
        }
    }

    private void askAll(Nodes nodes, String key, String identifier, Set<String> codes) {
        for (int i = 0; i < NODES; i++) {
            Api api = nodes.api(i);
            answer(() -> api.loginToken("X-Api-Key", key, "User-Identifier", identifier)).stream()
                    .filter(each -> !codes(each).equals(AWAY))
                    .forEach(each -> expect(each, codes));
        }
    }

    /** The answer to a request, if one came; it must be one of the contract. */
    private List<Exchange> answer(Callable<Exchange> request) {
        try {
            Exchange exchange = request.call();
            answers.increment();
            spec.faults(exchange).forEach(fault -> faults.add(fault + ": " + exchange));
            if (codes(exchange).equals(AWAY)) {
                failures.increment();
            }
            return List.of(exchange);
        } catch (UncheckedIOException e) { // The node was killed, or is not up yet.
            unanswered.increment();
            return List.of();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void expect(Exchange exchange, Set<String> codes) {
        if (!codes(exchange).equals(codes)) {
            faults.add("not " + codes + ": " + exchange);
        }
    }

    private Callable<Void> untilTheEnd(Callable<Void> task) {
        return () -> {
            while (!ended) {
                task.call();
            }
            return null;
        };
    }
}

package dev.logintoken.contract.cluster;

import dev.logintoken.contract.client.Nodes;
import dev.logintoken.contract.cluster.ClusterHistory.Kind;
import dev.logintoken.contract.cluster.ClusterHistory.Tables;
import dev.logintoken.contract.cluster.ClusterHistory.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes of the service on a PostgreSQL cluster, under load, for {@code cluster.seconds}. Faults drawn from
 * {@code cluster.seed} befall it one after the other. One node finds the primary by a URL of all hosts, two by HAProxy, one
 * of them without being cut off from a former primary.
 */
final class ClusterIT {

    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("cluster.seconds", 180));

    /** Shorter runs are to see at least these: the faults that elect another primary. */
    private static final List<ClusterFault> FIRST = List.of(
            ClusterFault.PRIMARY_KILLED,
            ClusterFault.SWITCHOVER,
            ClusterFault.PRIMARY_CUT_OFF,
            ClusterFault.PRIMARY_ISOLATED);

    private static final List<ClusterFault> ALL = List.of(ClusterFault.values());

    private static final Duration QUIET = Duration.ofSeconds(5);

    private Path directory;
    private Random random;

    @BeforeEach
    void begin() throws Exception {
        String given = System.getProperty("cluster.seed", "");
        long seed = given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
        random = new Random(seed);
        // Outside of /root, which the user postgres may not enter.
        directory = Files.createTempDirectory("login-token-cluster-");
        new ProcessBuilder("chmod", "755", directory.toString()).start().waitFor();
        System.out.println("Cluster: seed " + seed + ", in " + directory);
    }

    @Test
    void everyTokenIsUsedOnceThroughEveryFailover() throws Exception {
        try (PatroniCluster cluster = new PatroniCluster(directory, true);
                Nodes nodes = new Nodes(
                        Files.createDirectory(directory.resolve("service")),
                        List.of(cluster.multiHostUrl(), cluster.proxyUrl(true), cluster.proxyUrl(false)),
                        ClusterLoad.USERS);
                ClusterOutages outages = new ClusterOutages()) {
            ClusterHistory history = new ClusterHistory(directory.resolve("history.tsv"));
            List<String> faults;
            int upsets = 0;
            try (history;
                    ClusterLoad load = new ClusterLoad(nodes, history, outages)) {
                load.begin();
                long end = System.nanoTime() + LENGTH.toNanos();
                while (upsets < FIRST.size() || System.nanoTime() < end) {
                    upset(upsets < FIRST.size() ? FIRST.get(upsets) : any(), cluster, nodes, load, outages);
                    upsets++;
                }
                load.replay();
                faults = new ArrayList<>(load.faults());
            }
            Verdict verdict = history.check(tables(nodes));
            faults.addAll(verdict.faults());
            System.out.printf(
                    "Cluster: %d faults, %d redemptions asked for, %d tokens, %d told as redeemed, %d redeemed whose"
                            + " client got no answer, %d wrong%n",
                    upsets, verdict.attempts(), verdict.tokens(), verdict.redeemed(), verdict.unknown(), faults.size());
            assertThat(verdict.redeemed()).isPositive();
            assertThat(faults).isEmpty();
        }
    }

    @Test
    void anAsynchronousClusterLosesWhatRevokeAllVoids() throws Exception {
        try (PatroniCluster cluster = new PatroniCluster(directory, false);
                Nodes nodes = new Nodes(
                        Files.createDirectory(directory.resolve("service")),
                        List.of(cluster.multiHostUrl(), cluster.proxyUrl(true), cluster.proxyUrl(false)),
                        ClusterLoad.USERS);
                ClusterOutages outages = new ClusterOutages()) {
            ClusterHistory history = new ClusterHistory(directory.resolve("history.tsv"));
            try (history) {
                try (ClusterLoad load = new ClusterLoad(nodes, history, outages)) {
                    load.begin();
                    Thread.sleep(QUIET.toMillis());
                    ClusterFault.PRIMARY_CUT_OFF.befall(cluster, nodes, random);
                    cluster.awaitHealthy();
                    nodes.command("revoke", "all");
                    load.stop();
                    load.replay();
                }
            }
            Verdict verdict = history.check(tables(nodes));
            long lost = verdict.faults().stream()
                    .filter(fault -> fault.contains("is lost"))
                    .count();
            System.out.printf(
                    "Cluster: asynchronous, %d tokens redeemed, %d redemptions lost in the failover%n",
                    verdict.redeemed(), lost);
            assertThat(lost).isPositive();
            assertThat(verdict.faults())
                    .filteredOn(fault -> fault.contains("times"))
                    .isEmpty();
        }
    }

    private ClusterFault any() {
        return ALL.get(random.nextInt(ALL.size()));
    }

    private void upset(
            ClusterFault fault, PatroniCluster cluster, Nodes nodes, ClusterLoad load, ClusterOutages outages)
            throws Exception {
        Thread.sleep(QUIET.toMillis());
        long from = outages.millis();
        fault.befall(cluster, nodes, random);
        cluster.awaitHealthy();
        Thread.sleep(QUIET.toMillis());
        long to = outages.millis();
        System.out.printf(
                Locale.ROOT,
                "Cluster: %-18s no write to the database for %4.1f s; no 200 by node: issue %s; redeem %s%n",
                fault,
                outages.ofCluster(from, to) / 1000.0,
                byNode(nodes, node -> outages.ofService(node, Kind.ISSUE, from, to)),
                byNode(nodes, node -> outages.ofService(node, Kind.REDEEM, from, to)));
        load.replay();
    }

    private static String byNode(Nodes nodes, IntToLongFunction outage) {
        return IntStream.range(0, nodes.count())
                .mapToObj(node -> String.format(Locale.ROOT, "%.1f", outage.applyAsLong(node) / 1000.0))
                .collect(Collectors.joining(", ", "", " s"));
    }

    private static Tables tables(Nodes nodes) throws SQLException {
        Set<String> redeemed = new HashSet<>();
        Map<String, Integer> audited = new HashMap<>();
        try (Connection connection = nodes.connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("select sha256 from redeemed_login_token")) {
                while (row.next()) {
                    redeemed.add(HexFormat.of().formatHex(row.getBytes(1)));
                }
            }
            try (ResultSet row = statement.executeQuery(
                    "select token_hash8 from audit where action = 'redeem' and outcome = 'REDEEMED'")) {
                while (row.next()) {
                    audited.merge(HexFormat.of().formatHex(row.getBytes(1)), 1, Integer::sum);
                }
            }
        }
        return new Tables(redeemed, audited);
    }
}

package dev.logintoken.contract.cluster;

import dev.logintoken.contract.client.Nodes;
import dev.logintoken.contract.cluster.ClusterHistory.Kind;
import dev.logintoken.contract.cluster.ClusterHistory.Tables;
import dev.logintoken.contract.cluster.ClusterHistory.Verdict;

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
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nodes of the service under load, what their clients heard, and how long they had to wait. */
final class ClusterRun implements AutoCloseable {

    private static final Duration QUIET = Duration.ofSeconds(5);

    /** A clock that is ahead, and the time from a token's issue to its first use. */
    private static final Duration UNCERTAINTY = Duration.ofMinutes(2);

    private final Nodes nodes;
    private final ClusterOutages outages;
    private final ClusterHistory history;
    private final ClusterClients clients;
    private final ClusterLoad load;

    /**
     * Starts the nodes and the load.
     *
     * @param directory for everything that they leave
     * @param urls how each node finds the database
     * @param servers the URLs of the database's servers
     */
    ClusterRun(Path directory, List<String> urls, List<String> servers) throws Exception {
        // They run for long enough to be optimized.
        nodes = new Nodes(
                Files.createDirectory(directory.resolve("service")),
                urls,
                ClusterClients.USERS,
                "-XX:TieredStopAtLevel=4");
        outages = new ClusterOutages(servers);
        history = new ClusterHistory(directory.resolve("history.tsv"));
        clients = new ClusterClients(nodes, history, outages);
        load = new ClusterLoad(nodes, clients, outages);
        load.begin();
        Thread.sleep(QUIET.toMillis());
    }

    /** Something that happens to the nodes or to their database. */
    @FunctionalInterface
    interface Event {
        void happen() throws Exception;
    }

    Nodes nodes() {
        return nodes;
    }

    /**
     * Lets something happen under load, prints how long nobody was served, and uses every token once more.
     *
     * @param event returns when everything works again
     */
    void upset(String name, Event event) throws Exception {
        long from = outages.millis();
        event.happen();
        Thread.sleep(QUIET.toMillis());
        long to = outages.millis();
        long cluster = outages.ofCluster(from, to);
        System.out.printf(
                Locale.ROOT,
                "Cluster: %-18s no write to the database for %4.1f s; no 200 by node: issue %s; redeem %s, the service's"
                        + " share of it %s%n",
                name,
                cluster / 1000.0,
                byNode(node -> outages.ofService(node, Kind.ISSUE, from, to)),
                byNode(node -> outages.ofService(node, Kind.REDEEM, from, to)),
                byNode(node -> Math.max(0, outages.ofService(node, Kind.REDEEM, from, to) - cluster)));
        load.replay();
        Thread.sleep(QUIET.toMillis());
    }

    /** Ends the load, uses every token once more, and holds what the clients heard against the tables. */
    Verdict verdict() throws Exception {
        load.stop();
        load.replay();
        load.close();
        history.close();
        Verdict verdict = history.check(tables());
        List<String> faults = new ArrayList<>(clients.faults());
        faults.addAll(verdict.faults());
        System.out.printf(
                "Cluster: %d redemptions asked for, %d tokens, %d told as redeemed, %d redeemed whose client got no answer,"
                        + " %d wrong%n",
                verdict.attempts(), verdict.tokens(), verdict.redeemed(), verdict.unknown(), faults.size());
        faults.stream().limit(5).forEach(fault -> System.out.println("Cluster: " + fault));
        return new Verdict(
                verdict.attempts(), verdict.tokens(), verdict.redeemed(), verdict.unknown(), List.copyOf(faults));
    }

    private String byNode(IntToLongFunction millis) {
        return IntStream.range(0, nodes.count())
                .mapToObj(node -> String.format(Locale.ROOT, "%.1f", millis.applyAsLong(node) / 1000.0))
                .collect(Collectors.joining(", ", "", " s"));
    }

    private Tables tables() throws SQLException {
        long completeSince = outages.millis() - Nodes.TTL.minus(UNCERTAINTY).toMillis();
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
        return new Tables(redeemed, audited, completeSince);
    }

    @Override
    public void close() throws Exception {
        try (nodes;
                outages;
                history) {
            load.close();
        }
    }
}

package dev.logintoken.contract.cluster;

import dev.logintoken.contract.service.Ports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static dev.logintoken.contract.cluster.ClusterHosts.NETWORK;
import static dev.logintoken.contract.cluster.ClusterHosts.SIZE;
import static dev.logintoken.contract.cluster.ClusterHosts.address;
import static dev.logintoken.contract.cluster.ClusterHosts.each;
import static dev.logintoken.contract.cluster.ClusterHosts.name;

/**
 * Three PostgreSQL nodes that Patroni manages, with HAProxy in front of them on this machine. Each node shares a host with a
 * member of etcd.
 */
final class PatroniCluster implements AutoCloseable {

    /** Which API of etcd Patroni uses: {@code etcd} is version 2, {@code etcd3} version 3. */
    private static final String API = System.getProperty("cluster.etcd", "etcd");

    private static final Path BINARIES = Path.of("/usr/lib/postgresql/15/bin");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final boolean synchronous;
    private final ClusterHosts hosts;
    private final int port = Ports.free();
    private final int lenient = Ports.free();
    private final Process[] patroni = new Process[SIZE];
    private final Etcd etcd;
    private final PatroniApi api = new PatroniApi();
    private final Process haproxy;

    /**
     * Starts a cluster and waits until it is healthy.
     *
     * @param directory for everything that it leaves
     * @param synchronous whether a commit waits for a replica
     */
    PatroniCluster(Path directory, boolean synchronous) throws Exception {
        this.directory = directory;
        this.synchronous = synchronous;
        hosts = new ClusterHosts(directory);
        etcd = new Etcd(hosts);
        for (int i = 0; i < SIZE; i++) {
            startNode(i);
        }
        Path configuration = directory.resolve("haproxy.cfg");
        Files.writeString(
                configuration,
                Files.readString(Path.of("cluster/haproxy.cfg"))
                        .replace("${port}", Integer.toString(port))
                        .replace("${lenient}", Integer.toString(lenient))
                        .replace(
                                "${servers}",
                                each(i -> "    server " + name(i) + " " + address(i) + ":5432 check", "\n")));
        haproxy = hosts.start("haproxy", "haproxy", "-db", "-f", configuration.toString());
        awaitHealthy();
        execute("postgres", "create role login_token login");
        execute("postgres", "create database login_token owner login_token");
        execute("login_token", ClusterOutages.TABLE);
    }

    /**
     * How each node of the service finds the primary: by a URL of all hosts, by HAProxy, and by an HAProxy that leaves
     * connections to a former primary alone.
     */
    List<String> urls() {
        return List.of(
                "jdbc:postgresql://" + each(ClusterHosts::address, ",")
                        + "/login_token?targetServerType=primary&user=login_token",
                proxyUrl(port),
                proxyUrl(lenient));
    }

    private static String proxyUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/login_token?user=login_token";
    }

    /** Which node says that it is the primary, if any does. */
    OptionalInt primary() {
        return api.nodes("/primary").findFirst();
    }

    /** A node that is not the primary. */
    int replica() {
        int primary = primary().orElseThrow();
        return (primary + 1) % SIZE;
    }

    /** Ends a node's Patroni and PostgreSQL as a power failure would. */
    void killNode(int node) throws Exception {
        patroni[node].destroyForcibly().waitFor();
        postgres(node).forEach(ProcessHandle::destroyForcibly);
    }

    /** Holds a node, its etcd too, as a virtual machine that is moved: connections stay open, and nothing is answered. */
    void freeze(int node) throws Exception {
        signal(node, "STOP");
    }

    /** Takes {@link #freeze} back. */
    void thaw(int node) throws Exception {
        signal(node, "CONT");
    }

    private void signal(int node, String signal) throws Exception {
        List<ProcessHandle> all = new ArrayList<>(List.of(patroni[node].toHandle(), etcd.process(node)));
        all.addAll(patroni[node].descendants().toList());
        all.addAll(postgres(node));
        for (ProcessHandle process : all) {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    /** The processes of a node's PostgreSQL, if it runs. */
    private List<ProcessHandle> postgres(int node) throws IOException {
        Path file = hosts.directory(node).resolve("data/postmaster.pid");
        return Files.exists(file)
                ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0)))
                        .map(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants())
                                .toList())
                        .orElse(List.of())
                : List.of();
    }

    /** Starts a node that was killed. */
    void startNode(int node) throws IOException {
        Path configuration = hosts.directory(node).resolve("patroni.yml");
        Files.createDirectories(hosts.directory(node));
        Files.writeString(
                configuration,
                Files.readString(Path.of("cluster/patroni.yml"))
                        .replace("${name}", name(node))
                        .replace("${address}", address(node))
                        .replace("${network}", NETWORK)
                        .replace("${api}", API)
                        .replace("${etcd}", each(i -> address(i) + ":2379", ","))
                        .replace("${synchronous}", Boolean.toString(synchronous))
                        .replace("${binaries}", BINARIES.toString())
                        .replace("${directory}", hosts.directory(node).toString()));
        patroni[node] =
                hosts.startOn(node, "patroni", "/usr/bin/python3", "/usr/bin/patroni", configuration.toString());
    }

    /** The hosts of the nodes, by the same numbers. */
    ClusterHosts hosts() {
        return hosts;
    }

    /** The members of etcd, by the same numbers. */
    Etcd etcd() {
        return etcd;
    }

    /** Hands the primary's role to another node, as planned maintenance does. */
    void switchOver() throws Exception {
        api.switchOver(primary().orElseThrow());
    }

    /** Whether a node takes writes, asked from its own host as a client that is left there would. */
    boolean takesWrites(int node) throws Exception {
        return succeeds(node, "set statement_timeout = 2000; update probe.writes set n = n + 1");
    }

    /** Waits until a node that was the primary runs as a replica, asked in the same way. */
    void awaitReplica(int node) throws Exception {
        await(() -> succeeds(node, "do 'begin assert pg_is_in_recovery(); end'"));
    }

    private boolean succeeds(int node, String sql) throws Exception {
        String url = "postgresql://postgres@" + address(node) + "/login_token";
        Process psql = hosts.startOn(node, "psql", BINARIES.resolve("psql").toString(), url, "-c", sql);
        return psql.waitFor() == 0;
    }

    /** Waits until all nodes run, one of them as primary, and a replica that commits wait for if that was asked for. */
    void awaitHealthy() throws Exception {
        await(this::healthy);
    }

    private void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The cluster is not as it should be; see " + directory);
            }
            Thread.sleep(100);
        }
    }

    private boolean healthy() {
        return primary().isPresent()
                && api.nodes("/replica").count() == SIZE - 1
                && (!synchronous || api.nodes("/synchronous").count() == 1);
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://" + each(ClusterHosts::address, ",")
                        + "/" + database + "?targetServerType=primary&user=postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The URL of each node, whatever its role; a connection gives up soon. */
    List<String> urlsOfNodes() {
        return IntStream.range(0, SIZE)
                .mapToObj(node -> "jdbc:postgresql://" + address(node)
                        + "/login_token?user=postgres&connectTimeout=1&loginTimeout=1&socketTimeout=2")
                .toList();
    }

    @Override
    public void close() throws Exception {
        haproxy.destroy();
        for (int i = 0; i < SIZE; i++) {
            killNode(i);
            etcd.kill(i);
        }
        hosts.close();
    }
}

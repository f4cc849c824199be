package dev.logintoken.contract.cluster;

import dev.logintoken.contract.client.Nodes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
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
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Three PostgreSQL nodes that Patroni manages, with HAProxy in front of them on this host. Each node shares a host of its
 * own (a network namespace) with a member of etcd.
 */
final class PatroniCluster implements AutoCloseable {

    static final int SIZE = 3;

    private static final String NETWORK = "10.213.0.";
    private static final String BRIDGE = "login-token";
    private static final Path BINARIES = Path.of("/usr/lib/postgresql/15/bin");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final boolean synchronous;
    private final int port = Nodes.freePort();
    private final int lenient = Nodes.freePort();
    private final Process[] patroni = new Process[SIZE];
    private final Process[] etcd = new Process[SIZE];
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
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
        removeHosts();
        createHosts();
        for (int i = 0; i < SIZE; i++) {
            startEtcd(i);
        }
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
        haproxy = start("haproxy", "haproxy", "-db", "-f", configuration.toString());
        awaitHealthy();
        execute("postgres", "create role login_token login");
        execute("postgres", "create database login_token owner login_token");
        execute("login_token", "create schema probe create table writes (n bigint)");
        execute("login_token", "insert into probe.writes values (0)");
    }

    /** The URL that names all nodes: the driver finds the primary. */
    String multiHostUrl() {
        return "jdbc:postgresql://" + each(PatroniCluster::address, ",")
                + "/login_token?targetServerType=primary&user=login_token";
    }

    /** The URL of HAProxy, which cuts connections to a former primary, or leaves them alone. */
    String proxyUrl(boolean cutting) {
        return "jdbc:postgresql://127.0.0.1:" + (cutting ? port : lenient) + "/login_token?user=login_token";
    }

    /** Which node says that it is the primary, if any does. */
    OptionalInt primary() {
        return IntStream.range(0, SIZE)
                .filter(i -> status(i, "/primary") == 200)
                .findFirst();
    }

    /** A node that is not the primary. */
    int replica() {
        int primary = primary().orElseThrow();
        return (primary + 1) % SIZE;
    }

    /** Ends a node's Patroni and PostgreSQL as a power failure would. */
    void killNode(int node) throws Exception {
        patroni[node].destroyForcibly().waitFor();
        Path file = data(node).resolve("data/postmaster.pid");
        if (Files.exists(file)) {
            long pid = Long.parseLong(Files.readAllLines(file).get(0));
            ProcessHandle.of(pid)
                    .ifPresent(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants())
                            .toList()
                            .forEach(ProcessHandle::destroyForcibly));
        }
    }

    /** Starts a node that was killed. */
    void startNode(int node) throws IOException {
        Path configuration = data(node).resolve("patroni.yml");
        Files.createDirectories(data(node));
        Files.writeString(
                configuration,
                Files.readString(Path.of("cluster/patroni.yml"))
                        .replace("${name}", name(node))
                        .replace("${address}", address(node))
                        .replace("${etcd}", each(i -> address(i) + ":2379", ","))
                        .replace("${synchronous}", Boolean.toString(synchronous))
                        .replace("${binaries}", BINARIES.toString())
                        .replace("${directory}", data(node).toString()));
        patroni[node] = startOn(node, "patroni", "/usr/bin/python3", "/usr/bin/patroni", configuration.toString());
    }

    /** Ends a member of etcd as a power failure would. */
    void killEtcd(int node) throws InterruptedException {
        etcd[node].destroyForcibly().waitFor();
    }

    /** Starts a member of etcd, with what it had. */
    void startEtcd(int node) throws IOException {
        String client = "http://" + address(node) + ":2379";
        String peer = "http://" + address(node) + ":2380";
        etcd[node] = startOn(
                node,
                "etcd",
                "etcd",
                "--name=" + name(node),
                "--data-dir=" + data(node).resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=" + each(i -> name(i) + "=http://" + address(i) + ":2380", ","));
    }

    /** Cuts a node off from the other two; this host, where the service runs, still reaches it. */
    void cutOff(int node) throws Exception {
        for (int other = 0; other < SIZE; other++) {
            if (other != node) {
                ip("-n", name(node), "route", "add", "blackhole", address(other) + "/32");
            }
        }
    }

    /** Takes {@link #cutOff} back. */
    void reconnect(int node) throws Exception {
        for (int other = 0; other < SIZE; other++) {
            if (other != node) {
                ip("-n", name(node), "route", "del", "blackhole", address(other) + "/32");
            }
        }
    }

    /** Takes a node off the network. */
    void isolate(int node) throws Exception {
        ip("link", "set", name(node), "down");
    }

    /** Takes {@link #isolate} back. */
    void join(int node) throws Exception {
        ip("link", "set", name(node), "up");
    }

    /** Hands the primary's role to another node, as planned maintenance does. */
    void switchOver() throws Exception {
        int primary = primary().orElseThrow();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address(primary) + ":8008/switchover"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"leader\":\"" + name(primary) + "\"}"))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("switchover: " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Whether a node takes writes, asked from its own host as a client that is left there would. */
    boolean takesWrites(int node) throws Exception {
        Process psql = startOn(
                node,
                "psql",
                BINARIES.resolve("psql").toString(),
                "-h",
                address(node),
                "-U",
                "postgres",
                "-d",
                "login_token",
                "-c",
                "set statement_timeout = 2000; update probe.writes set n = n + 1");
        return psql.waitFor() == 0;
    }

    /** Waits until all nodes run, one of them as primary, and a replica that commits wait for if that was asked for. */
    void awaitHealthy() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!healthy()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The cluster is not healthy; see " + directory);
            }
            Thread.sleep(200);
        }
    }

    private boolean healthy() {
        return primary().isPresent() && count("/replica") == SIZE - 1 && (!synchronous || count("/synchronous") == 1);
    }

    private long count(String path) {
        return IntStream.range(0, SIZE).filter(i -> status(i, path) == 200).count();
    }

    private int status(int node, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address(node) + ":8008" + path))
                .timeout(Duration.ofSeconds(1))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:postgresql://" + each(PatroniCluster::address, ",") + "/"
                                + database + "?targetServerType=primary&user=postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A connection to one node, whatever its role, that gives up soon. */
    static Connection connectTo(int node) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + address(node)
                + "/login_token?user=postgres&connectTimeout=1&loginTimeout=1&socketTimeout=2");
    }

    @Override
    public void close() throws Exception {
        haproxy.destroy();
        for (int i = 0; i < SIZE; i++) {
            killNode(i);
            killEtcd(i);
        }
        removeHosts();
    }

    private void createHosts() throws Exception {
        ip("link", "add", BRIDGE, "type", "bridge");
        ip("addr", "add", NETWORK + "1/24", "dev", BRIDGE);
        ip("link", "set", BRIDGE, "up");
        for (int i = 0; i < SIZE; i++) {
            ip("netns", "add", name(i));
            ip("link", "add", name(i), "type", "veth", "peer", "name", "eth0", "netns", name(i));
            ip("link", "set", name(i), "master", BRIDGE, "up");
            ip("-n", name(i), "addr", "add", address(i) + "/24", "dev", "eth0");
            ip("-n", name(i), "link", "set", "eth0", "up");
            ip("-n", name(i), "link", "set", "lo", "up");
            Files.createDirectories(data(i));
            run("chown", "postgres:postgres", data(i).toString());
        }
    }

    /** Also what an earlier run that was killed left. */
    private static void removeHosts() throws Exception {
        for (int i = 0; i < SIZE; i++) {
            removeLink(name(i));
            if (Files.exists(Path.of("/run/netns", name(i)))) {
                run("sh", "-c", "ip netns pids " + name(i) + " | xargs -r kill -9");
                ip("netns", "del", name(i));
            }
        }
        removeLink(BRIDGE);
    }

    private static void removeLink(String name) throws Exception {
        if (Files.exists(Path.of("/sys/class/net", name))) {
            ip("link", "del", name);
        }
    }

    private static void ip(String... words) throws Exception {
        run(Stream.concat(Stream.of("ip"), Stream.of(words)).toArray(String[]::new));
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
    }

    /** Starts a program on a node's host, as the user postgres. */
    private Process startOn(int node, String log, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                name(node),
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--clear-groups"));
        words.addAll(List.of(command));
        return start(name(node) + "." + log, words.toArray(String[]::new));
    }

    private Process start(String log, String... command) throws IOException {
        Path file = directory.resolve(log + ".log");
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
                .start();
    }

    private Path data(int node) {
        return directory.resolve(name(node));
    }

    private static String name(int node) {
        return "pg" + (node + 1);
    }

    private static String address(int node) {
        return NETWORK + (11 + node);
    }

    private static String each(IntFunction<String> text, String separator) {
        return IntStream.range(0, SIZE).mapToObj(text).collect(Collectors.joining(separator));
    }
}

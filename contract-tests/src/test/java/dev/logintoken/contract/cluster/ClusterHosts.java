package dev.logintoken.contract.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The hosts of a cluster: network namespaces of this machine, joined by a bridge. Where namespaces are forbidden, each is a
 * loopback address, and none can be parted from the others.
 */
final class ClusterHosts implements AutoCloseable {

    static final int SIZE = 3;

    /** Whether each host is a network namespace. */
    static final boolean NAMESPACES = !"false".equals(System.getProperty("cluster.namespaces"));

    /** How all addresses begin. */
    static final String NETWORK = NAMESPACES ? "10.213.0." : "127.213.0.";

    private static final String BRIDGE = "login-token";

    private final Path directory;

    /**
     * Creates the hosts.
     *
     * @param directory for everything that they leave
     */
    ClusterHosts(Path directory) throws Exception {
        this.directory = directory;
        remove();
        for (int i = 0; i < SIZE; i++) {
            Files.createDirectories(directory(i));
            run("chown", "postgres:postgres", directory(i).toString());
        }
        if (NAMESPACES) {
            createNamespaces();
        }
    }

    static String name(int host) {
        return "pg" + (host + 1);
    }

    static String address(int host) {
        return NETWORK + (11 + host);
    }

    /** A text for each host. */
    static String each(IntFunction<String> text, String separator) {
        return IntStream.range(0, SIZE).mapToObj(text).collect(Collectors.joining(separator));
    }

    /** Where a host has its files. */
    Path directory(int host) {
        return directory.resolve(name(host));
    }

    /** Cuts a host off from the other two; this host, where the service runs, still reaches it. */
    void cutOff(int host) throws Exception {
        for (int other = 0; other < SIZE; other++) {
            if (other != host) {
                ip("-n", name(host), "route", "add", "blackhole", address(other) + "/32");
            }
        }
    }

    /** Takes {@link #cutOff} back. */
    void reconnect(int host) throws Exception {
        for (int other = 0; other < SIZE; other++) {
            if (other != host) {
                ip("-n", name(host), "route", "del", "blackhole", address(other) + "/32");
            }
        }
    }

    /** Takes a host off the network. */
    void isolate(int host) throws Exception {
        ip("link", "set", name(host), "down");
    }

    /** Takes {@link #isolate} back. */
    void join(int host) throws Exception {
        ip("link", "set", name(host), "up");
    }

    /** Starts a program on a host, as the user postgres. */
    Process startOn(int host, String log, String... command) throws IOException {
        List<String> words = new ArrayList<>(NAMESPACES ? List.of("ip", "netns", "exec", name(host)) : List.of());
        words.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        words.addAll(List.of(command));
        return start(name(host) + "." + log, words.toArray(String[]::new));
    }

    /** Starts a program on this machine. */
    Process start(String log, String... command) throws IOException {
        Path file = directory.resolve(log + ".log");
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
                .start();
    }

    private static void createNamespaces() throws Exception {
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
        }
    }

    /** Also what an earlier run that was killed left. */
    private static void remove() throws Exception {
        for (int i = 0; i < SIZE; i++) {
            removeLink(name(i));
            if (Files.exists(Path.of("/run/netns", name(i)))) {
                run("sh", "-c", "ip netns pids " + name(i) + " | xargs -r kill -9 || true");
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

    @Override
    public void close() throws Exception {
        remove();
    }
}

package dev.logintoken.contract.cluster;

import dev.logintoken.contract.cluster.ClusterHistory.Kind;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Measures outages as the longest times between two successes. One measure is of the service's nodes. The other is of a
 * client that connects and writes to the database itself each time: its outage is the cluster's share.
 */
final class ClusterOutages implements AutoCloseable {

    /** What it writes to; the servers' database must have it. */
    static final String TABLE =
            "create schema probe create table writes (n bigint); insert into probe.writes values (0)";

    private static final int PAUSE_MILLIS = 200;

    private final long begin = System.nanoTime();
    private final Map<String, List<Long>> successes = new ConcurrentHashMap<>();
    private volatile boolean ended;

    /**
     * Begins to write.
     *
     * @param urls of the servers; one at a time takes writes
     */
    ClusterOutages(List<String> urls) {
        for (String url : urls) {
            Thread thread = new Thread(() -> write(url), "write to " + url);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Milliseconds since the beginning. */
    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** A node of the service answered 200 just now. */
    void answered(int node, Kind kind) {
        succeeded(kind + " " + node);
    }

    /** The longest time between two successes of a node that ends or begins within a span, in milliseconds. */
    long ofService(int node, Kind kind, long from, long to) {
        return longest(kind + " " + node, from, to);
    }

    /** Returns the longest time between two moments in which the cluster accepted no write. */
    long ofCluster(long from, long to) {
        return longest("cluster", from, to);
    }

    private long longest(String name, long from, long to) {
        List<Long> times = new ArrayList<>(successes.getOrDefault(name, List.of()));
        long last = from;
        long longest = 0;
        for (long time : times) {
            if (time >= from && time <= to) {
                longest = Math.max(longest, time - last);
                last = time;
            } else if (time < from) {
                last = time;
            }
        }
        return Math.max(longest, to - last);
    }

    private void succeeded(String name) {
        successes
                .computeIfAbsent(name, any -> Collections.synchronizedList(new ArrayList<>()))
                .add(millis());
    }

    private void write(String url) {
        while (!ended) {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("update probe.writes set n = n + 1");
                succeeded("cluster");
            } catch (SQLException e) {
                // A replica, or nobody: what is measured.
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}

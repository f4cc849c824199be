package dev.logintoken.contract.cluster;

import dev.logintoken.contract.client.Nodes;
import dev.logintoken.contract.cluster.ClusterClients.Token;
import dev.logintoken.contract.cluster.ClusterHistory.Kind;
import dev.logintoken.kit.Exchange;
import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static dev.logintoken.contract.client.Api.field;

/** Many clients at once: they use each login token at all nodes, rotate refresh tokens, log out, and revoke API keys. */
final class ClusterLoad implements AutoCloseable {

    private static final int WORKERS = 4;

    /** How many tokens more there are to be after each fault: the first faults cost little time, the last ones meet many. */
    private static final int MORE_TOKENS = 500;

    private static final int REPLAYERS = 6;

    /** How often the outage is measured, and how many such requests may wait at a node. */
    private static final int PROBE_MILLIS = 100;

    private static final int MAX_PROBES = 20;
    private static final int REFRESHES_OF_A_LOGIN = 50;

    private final Nodes nodes;
    private final ClusterClients clients;
    private final ClusterOutages outages;
    private final Queue<Token> tokens = new ConcurrentLinkedQueue<>();
    private final Deque<String> usedRefreshTokens = new ConcurrentLinkedDeque<>();
    private final Queue<String> loggedOut = new ConcurrentLinkedQueue<>();
    private final Queue<String> revokedKeys = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();
    private final Semaphore allowance = new Semaphore(MORE_TOKENS);
    private int replays;
    private volatile boolean ended;

    /**
     * A load that has not begun.
     *
     * @param nodes whose database the API keys are written to
     * @param outages hears when a node answered 200
     */
    ClusterLoad(Nodes nodes, ClusterClients clients, ClusterOutages outages) {
        this.nodes = nodes;
        this.clients = clients;
        this.outages = outages;
    }

    /** Begins; {@link #close} ends it. */
    void begin() {
        for (int i = 0; i < WORKERS; i++) {
            running.add(threads.submit(untilTheEnd(this::useATokenEverywhere)));
        }
        for (int i = 0; i < clients.nodes(); i++) {
            int node = i;
            Semaphore places = new Semaphore(MAX_PROBES);
            running.add(threads.submit(untilTheEnd(() -> probe(node, places))));
        }
        running.add(threads.submit(untilTheEnd(this::rotate)));
        running.add(threads.submit(untilTheEnd(this::revoke)));
    }

    /**
     * Uses every login token of before once more, each at some node, every refresh token that was used since the last time,
     * and at all nodes what was revoked.
     */
    void replay() throws Exception {
        List<Token> all = new ArrayList<>(tokens);
        AtomicInteger next = new AtomicInteger();
        List<Callable<Void>> replayers = new ArrayList<>();
        for (int i = 0; i < REPLAYERS; i++) {
            replayers.add(() -> {
                for (int at = next.getAndIncrement(); at < all.size(); at = next.getAndIncrement()) {
                    clients.redeem(clients.anyNode(), all.get(at));
                }
                return null;
            });
        }
        for (Future<Void> replay : threads.invokeAll(replayers)) {
            replay.get();
        }
        for (int i = 0; i < clients.nodes(); i++) {
            int node = i;
            revokedKeys.forEach(key -> clients.useRevoked(node, key));
            loggedOut.forEach(token -> clients.refresh(node, Kind.LOGGED_OUT, token));
        }
        // The latest first: an early one revokes its whole family.
        for (String token = usedRefreshTokens.pollLast(); token != null; token = usedRefreshTokens.pollLast()) {
            clients.refresh(clients.anyNode(), Kind.REFRESH, token);
        }
        replays++;
        allowance.release(MORE_TOKENS * replays);
    }

    /** Begins nothing new; what is under way is finished. */
    void stop() throws Exception {
        ended = true;
        for (Future<?> each : running) {
            each.get();
        }
        running.clear();
    }

    @Override
    public void close() throws Exception {
        stop();
        threads.shutdown();
        if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("Some requests have not ended.");
        }
    }

    private void useATokenEverywhere() throws Exception {
        if (!allowance.tryAcquire(1, TimeUnit.SECONDS)) {
            return;
        }
        Token token = clients.issue(clients.anyNode());
        if (token == null) {
            allowance.release();
            return;
        }
        List<Callable<Boolean>> uses = new ArrayList<>();
        for (int i = 0; i < clients.nodes(); i++) {
            int node = i;
            uses.add(() -> clients.redeem(node, token));
        }
        threads.invokeAll(uses);
        tokens.add(token);
    }

    /** One request of each kind, whether those before it were answered or not. */
    private void probe(int node, Semaphore places) throws InterruptedException {
        if (places.tryAcquire()) {
            Future<?> ignored = threads.submit(() -> {
                try {
                    Token token = clients.issue(node);
                    if (token != null) {
                        outages.answered(node, Kind.ISSUE);
                        if (clients.redeem(node, token)) {
                            outages.answered(node, Kind.REDEEM);
                        }
                    }
                } finally {
                    places.release();
                }
            });
        }
        Thread.sleep(PROBE_MILLIS);
    }

    /** A session, refreshed at two nodes at once again and again, and logged out in the end. */
    private void rotate() throws Exception {
        Exchange session = clients.logIn(0);
        for (int i = 0; i < REFRESHES_OF_A_LOGIN && session != null && !ended; i++) {
            String used = field(session, "refreshToken");
            Future<@Nullable Exchange> other = threads.submit(() -> clients.refresh(1, Kind.REFRESH, used));
            session = clients.refresh(i % 2 * 2, Kind.REFRESH, used);
            Exchange others = other.get();
            session = session == null ? others : session;
            usedRefreshTokens.add(used);
        }
        if (session != null && clients.logOut(1, session)) {
            loggedOut.add(field(session, "refreshToken"));
        }
        Thread.sleep(1000);
    }

    /** An API key that all nodes know, revoked: a second later none may accept it, then or ever. */
    private void revoke() throws InterruptedException {
        String key = "key-" + UUID.randomUUID();
        try (Connection connection = nodes.connect()) {
            change(
                    connection,
                    "insert into api_key (sha256, partner) select sha256(convert_to(?, 'UTF8')), uuid from partner"
                            + " where role = 'APP'",
                    key);
            clients.useEverywhere(key);
            change(
                    connection,
                    "update api_key set revoked_at = now() where sha256 = sha256(convert_to(?, 'UTF8'))",
                    key);
            Thread.sleep(1000);
            IntStream.range(0, clients.nodes()).forEach(node -> clients.useRevoked(node, key));
            revokedKeys.add(key);
        } catch (SQLException | UncheckedIOException e) { // In the midst of a fault; the next key counts.
            Thread.sleep(500);
        }
    }

    private static void change(Connection connection, String sql, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key);
            statement.executeUpdate();
        }
    }

    /** Something to be done again and again. */
    @FunctionalInterface
    private interface Task {
        void run() throws Exception;
    }

    private Callable<Void> untilTheEnd(Task task) {
        return () -> {
            while (!ended) {
                task.run();
            }
            return null;
        };
    }
}

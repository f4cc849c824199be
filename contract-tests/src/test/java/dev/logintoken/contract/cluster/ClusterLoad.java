package dev.logintoken.contract.cluster;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.Nodes;
import dev.logintoken.contract.cluster.ClusterHistory.Entry;
import dev.logintoken.contract.cluster.ClusterHistory.Kind;
import dev.logintoken.contract.spec.Exchange;
import dev.logintoken.contract.spec.Spec;
import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;

/**
 * Clients of the nodes. They use each login token at all nodes at once, rotate refresh tokens, and revoke API keys; what they
 * hear goes into the history.
 */
final class ClusterLoad implements AutoCloseable {

    static final int USERS = 1000;

    private static final String EMAIL = "session@example.com";
    private static final String PASSWORD = "a-password-of-the-user";
    private static final int WORKERS = 4;
    private static final int REPLAYERS = 6;

    /** How often the outage is measured, and how many such requests may wait at a node. */
    private static final int PROBE_MILLIS = 100;

    private static final int MAX_PROBES = 20;
    private static final int REFRESHES_OF_A_LOGIN = 50;

    /** A login token and whom it is for. */
    private record Token(String uuid, String text) {}

    private final Nodes nodes;
    private final ClusterHistory history;
    private final List<Api> apis;
    private final ClusterOutages outages;
    private final Spec spec = new Spec();
    private final Queue<Token> tokens = new ConcurrentLinkedQueue<>();
    private final Queue<String> revokedKeys = new ConcurrentLinkedQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean ended;

    /**
     * Clients that have not begun.
     *
     * @param outages hears when a node answered 200
     */
    ClusterLoad(Nodes nodes, ClusterHistory history, ClusterOutages outages) throws Exception {
        this.nodes = nodes;
        this.history = history;
        this.outages = outages;
        this.apis = IntStream.range(0, nodes.count()).mapToObj(nodes::api).toList();
        nodes.commandReading(PASSWORD + "\n", "user", "create", "--email", EMAIL, "--password-stdin");
    }

    /** Begins; {@link #close} ends it. */
    void begin() {
        for (int i = 0; i < WORKERS; i++) {
            running.add(threads.submit(untilTheEnd(this::useATokenEverywhere)));
        }
        for (int i = 0; i < apis.size(); i++) {
            int node = i;
            Semaphore places = new Semaphore(MAX_PROBES);
            running.add(threads.submit(untilTheEnd(() -> probe(node, places))));
        }
        running.add(threads.submit(untilTheEnd(this::rotate)));
        running.add(threads.submit(untilTheEnd(this::revoke)));
    }

    /** Everything that no history shows: answers that the spec does not declare. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Uses every token of before once more, each at some node, and every revoked key at all nodes. */
    void replay() throws Exception {
        List<Token> all = new ArrayList<>(tokens);
        AtomicInteger next = new AtomicInteger();
        List<Callable<Void>> replays = new ArrayList<>();
        for (int i = 0; i < REPLAYERS; i++) {
            replays.add(() -> {
                for (int at = next.getAndIncrement(); at < all.size(); at = next.getAndIncrement()) {
                    redeem(ThreadLocalRandom.current().nextInt(apis.size()), all.get(at));
                }
                return null;
            });
        }
        for (Future<Void> replay : threads.invokeAll(replays)) {
            replay.get();
        }
        revokedKeys.forEach(key -> IntStream.range(0, apis.size()).forEach(node -> useRevoked(node, key)));
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
        Token token = issue(ThreadLocalRandom.current().nextInt(apis.size()));
        if (token == null) {
            return;
        }
        List<Callable<String>> uses = new ArrayList<>();
        for (int i = 0; i < apis.size(); i++) {
            int node = i;
            uses.add(() -> redeem(node, token));
        }
        threads.invokeAll(uses);
        tokens.add(token);
    }

    /** One request of each kind, whether those before it were answered or not. */
    private void probe(int node, Semaphore places) throws InterruptedException {
        if (places.tryAcquire()) {
            Future<?> ignored = threads.submit(() -> {
                try {
                    Token token = issue(node);
                    if (token != null) {
                        outages.answered(node, Kind.ISSUE);
                        if (redeem(node, token).equals(ClusterHistory.OK)) {
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

    /** A session, refreshed at two nodes at once again and again. */
    private void rotate() throws Exception {
        Exchange login = answer(
                0,
                Kind.ISSUE,
                EMAIL,
                api -> api.post(
                        "/api/v1/user/login",
                        Map.of("emailAddress", EMAIL, "password", PASSWORD),
                        "X-Api-Key",
                        Nodes.API_KEY));
        String refreshToken = login == null ? "" : field(login, "refreshToken");
        for (int i = 0; i < REFRESHES_OF_A_LOGIN && !refreshToken.isEmpty() && !ended; i++) {
            String used = refreshToken;
            Future<String> other = threads.submit(() -> refresh(1, used));
            String next = refresh(i % 2 * 2, used);
            String others = other.get();
            refreshToken = next.isEmpty() ? others : next;
        }
        Thread.sleep(1000);
    }

    private String refresh(int node, String refreshToken) {
        Exchange answer = answer(
                node,
                Kind.REFRESH,
                sha256(refreshToken.getBytes(StandardCharsets.US_ASCII)),
                api -> api.post("/api/v1/refresh", Map.of("refreshToken", refreshToken), "X-Api-Key", Nodes.API_KEY));
        return answer == null ? "" : field(answer, "refreshToken");
    }

    /** An API key that all nodes know, revoked: a second later none may accept it, then or ever. */
    private void revoke() throws InterruptedException {
        String key = "key-" + UUID.randomUUID();
        try (Connection connection = nodes.connect()) {
            change(
                    connection,
                    "insert into api_key (sha256, partner) select sha256(convert_to(?, 'UTF8')), uuid from partner where role = 'APP'",
                    key);
            for (Api api : apis) {
                api.loginToken("X-Api-Key", key, "User-Identifier", Nodes.identifier(0));
            }
            change(
                    connection,
                    "update api_key set revoked_at = now() where sha256 = sha256(convert_to(?, 'UTF8'))",
                    key);
            Thread.sleep(1000);
            IntStream.range(0, apis.size()).forEach(node -> useRevoked(node, key));
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

    private void useRevoked(int node, String key) {
        answer(
                node,
                Kind.REVOKED,
                key,
                api -> api.loginToken("X-Api-Key", key, "User-Identifier", Nodes.identifier(0)));
    }

    private @Nullable Token issue(int node) {
        String user = Nodes.identifier(ThreadLocalRandom.current().nextInt(USERS));
        Exchange answer = answer(
                node, Kind.ISSUE, user, api -> api.loginToken("X-Api-Key", Nodes.API_KEY, "User-Identifier", user));
        return answer == null ? null : new Token(field(answer, "uuid"), field(answer, "token"));
    }

    private String redeem(int node, Token token) {
        Exchange answer = answer(
                node,
                Kind.REDEEM,
                sha256(Base64.getUrlDecoder().decode(token.text())),
                api -> api.post(
                        Api.LOGIN_TOKEN + "/redeem",
                        Map.of("uuid", token.uuid(), "token", token.text()),
                        "X-Api-Key",
                        Nodes.WEBSITES_KEY));
        return answer == null ? "" : ClusterHistory.OK;
    }

    /** Keeps the answer to a request; returns it if it is a success. */
    private @Nullable Exchange answer(int node, Kind kind, String subject, Function<Api, Exchange> request) {
        try {
            Exchange answer = request.apply(apis.get(node));
            boolean success = answer.status() == 200;
            spec.faults(answer).forEach(fault -> faults.add(fault + ": " + answer));
            String outcome = success ? ClusterHistory.OK : String.join(",", codes(answer));
            history.add(new Entry(outages.millis(), node, kind, subject, outcome));
            return success ? answer : null;
        } catch (UncheckedIOException e) { // The node was killed, or is not up yet.
            history.add(new Entry(outages.millis(), node, kind, subject, ClusterHistory.NONE));
            return null;
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

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

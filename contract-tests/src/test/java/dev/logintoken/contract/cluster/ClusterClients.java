package dev.logintoken.contract.cluster;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.Nodes;
import dev.logintoken.contract.cluster.ClusterHistory.Event;
import dev.logintoken.contract.cluster.ClusterHistory.Kind;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;

/** Single requests to the nodes. What comes back goes into the history, and is held against the spec. */
final class ClusterClients {

    static final int USERS = 1000;

    private static final String EMAIL = "session@example.com";
    private static final String PASSWORD = "a-password-of-the-user";

    /** A login token and whom it is for. */
    record Token(String uuid, String text) {}

    private final ClusterHistory history;
    private final ClusterOutages outages;
    private final List<Api> apis;
    private final Spec spec = LoginTokenSpec.load();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    /**
     * Creates the user who logs in.
     *
     * @param outages hears when a node answered 200
     */
    ClusterClients(Nodes nodes, ClusterHistory history, ClusterOutages outages) throws Exception {
        this.history = history;
        this.outages = outages;
        this.apis = IntStream.range(0, nodes.count()).mapToObj(nodes::api).toList();
        nodes.commandReading(PASSWORD + "\n", "user", "create", "--email", EMAIL, "--password-stdin");
    }

    /** Everything that no history shows: answers that the spec does not declare. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** How many nodes there are. */
    int nodes() {
        return apis.size();
    }

    /** Any of the nodes. */
    int anyNode() {
        return ThreadLocalRandom.current().nextInt(nodes());
    }

    /** Asks for a login token of some user. */
    @Nullable
    Token issue(int node) {
        String user = Nodes.identifier(ThreadLocalRandom.current().nextInt(USERS));
        Exchange answer = answer(
                node, Kind.ISSUE, user, api -> api.loginToken("X-Api-Key", Nodes.API_KEY, "User-Identifier", user));
        return answer == null ? null : new Token(field(answer, "uuid"), field(answer, "token"));
    }

    /** Uses a login token; returns whether that was the first use. */
    boolean redeem(int node, Token token) {
        Exchange answer = answer(
                node,
                Kind.REDEEM,
                sha256(Base64.getUrlDecoder().decode(token.text())),
                api -> api.post(
                        Api.LOGIN_TOKEN + "/redeem",
                        Map.of("uuid", token.uuid(), "token", token.text()),
                        "X-Api-Key",
                        Nodes.WEBSITES_KEY));
        return answer != null;
    }

    /** Begins a session. */
    @Nullable
    Exchange logIn(int node) {
        return answer(
                node,
                Kind.ISSUE,
                EMAIL,
                api -> api.post(
                        "/api/v1/user/login",
                        Map.of("emailAddress", EMAIL, "password", PASSWORD),
                        "X-Api-Key",
                        Nodes.API_KEY));
    }

    /** Uses a refresh token. */
    @Nullable
    Exchange refresh(int node, Kind kind, String refreshToken) {
        return answer(
                node,
                kind,
                sha256(refreshToken.getBytes(StandardCharsets.US_ASCII)),
                api -> api.post("/api/v1/refresh", Map.of("refreshToken", refreshToken), "X-Api-Key", Nodes.API_KEY));
    }

    /** Ends a session; returns whether the node said so. */
    boolean logOut(int node, Exchange session) {
        try {
            Map<String, String> headers = Api.with("User-Authorization", "Bearer " + field(session, "token"));
            return apis.get(node)
                            .send("POST", "/api/v1/user/logout", "", headers)
                            .status()
                    == 204;
        } catch (UncheckedIOException e) { // The node was killed.
            return false;
        }
    }

    /** Uses an API key that is good, at all nodes. */
    void useEverywhere(String key) {
        apis.forEach(api -> api.loginToken("X-Api-Key", key, "User-Identifier", Nodes.identifier(0)));
    }

    /** Uses an API key that was revoked. */
    void useRevoked(int node, String key) {
        answer(
                node,
                Kind.REVOKED,
                key,
                api -> api.loginToken("X-Api-Key", key, "User-Identifier", Nodes.identifier(0)));
    }

    /** Keeps the answer to a request; returns it if it is a success. */
    private @Nullable Exchange answer(int node, Kind kind, String subject, Function<Api, Exchange> request) {
        try {
            Exchange answer = request.apply(apis.get(node));
            boolean success = answer.status() == 200;
            spec.faults(answer).forEach(fault -> faults.add(fault + ": " + answer));
            String outcome = success ? ClusterHistory.OK : String.join(",", codes(answer));
            history.add(new Event(outages.millis(), node, kind, subject, outcome));
            return success ? answer : null;
        } catch (UncheckedIOException e) { // The node was killed, or is not up yet.
            history.add(new Event(outages.millis(), node, kind, subject, ClusterHistory.NONE));
            return null;
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

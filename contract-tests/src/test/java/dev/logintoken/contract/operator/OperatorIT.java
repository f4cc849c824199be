package dev.logintoken.contract.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.service.Command;
import dev.logintoken.contract.service.Service;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static dev.logintoken.contract.operator.ProductionCommands.KEY;
import static org.assertj.core.api.Assertions.assertThat;

/** Commands make all partners, keys, users and identifiers of a production node, and change them while it runs. */
@SuppressWarnings("NullAway.Init")
final class OperatorIT {

    private static final String PASSWORD = "a-password-of-the-partner";

    @TempDir
    private static Path directory;

    private static ProductionCommands commands;
    private static Service service;
    private static Api api;
    private static String websitesKey;
    private static String partnersKey;

    private final String identifier = UUID.randomUUID().toString().replace("-", "") + "operator";
    private String user = "";

    @BeforeAll
    static void setUp() throws Exception {
        commands = new ProductionCommands(directory);
        Command unmade = commands.command("", "check");
        assertThat(unmade.status()).isEqualTo(3);
        assertThat(unmade.output()).contains("migrate").doesNotContain(KEY);
        assertThat(commands.command("", "partner", "list").status()).isEqualTo(1);
        commands.done("", "migrate");
        assertThat(commands.done("", "check").output()).contains("PRODUCTION").doesNotContain(KEY);
        try (Connection connection = commands.database().connect();
                ResultSet keys = connection.createStatement().executeQuery("select * from signing_key")) {
            assertThat(keys.next())
                    .as("a check binds the database to its master key")
                    .isFalse();
        }
        commands.done("", "partner", "create", "website", "--role", "website");
        commands.done(PASSWORD + "\n", "partner", "create", "app", "--role", "app", "--password-stdin");
        websitesKey = commands.issueKey("website");
        partnersKey = commands.issueKey("app");
        start();
    }

    private static void start() throws IOException {
        service = Service.startIn(directory, commands.settings());
        api = new Api(service.url());
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        commands.close();
    }

    @Test
    void aTokenIsIssuedAndRedeemedWithWhatCommandsMade() throws Exception {
        user = commands.makeUser(identifier);
        Exchange issued = loginToken();
        assertThat(field(issued, "uuid")).isEqualTo(user);
        Exchange redeemed = redeem(field(issued, "token"));
        assertThat(redeemed.status()).isEqualTo(200);
        assertThat(field(redeemed, "uuid")).isEqualTo(user);
        assertThat(codes(redeem(field(issued, "token")))).containsExactly("ER712");
    }

    @Test
    void aDocumentIsWaitedForUntilItIsReviewed() throws Exception {
        user = commands.makeUser(identifier);
        commands.done("", "document", "set", user, "--side", "front");
        eventually(() -> assertThat(codes(loginToken())).containsExactly("ER708"));
        commands.done("", "document", "review", user);
        eventually(() -> assertThat(loginToken().status()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "partner", "all"})
    void whatIsRevokedIsRefusedAndWhatIsIssuedLaterIsNot(String what) throws Exception {
        user = commands.makeUser(identifier);
        String token = field(loginToken(), "token");
        switch (what) {
            case "user" -> commands.done("", "revoke", "user", user);
            case "partner" -> commands.done("", "revoke", "partner", "app");
            default -> commands.done("", "revoke", "all");
        }
        assertThat(codes(redeem(token))).containsExactly("ER710");
        assertThat(redeem(field(loginToken(), "token")).status()).isEqualTo(200);
    }

    @Test
    void anUnlinkedIdentifierIsNobodysUntilItIsLinkedAgain() throws Exception {
        user = commands.makeUser(identifier);
        commands.done("", "identifier", "unlink", identifier);
        eventually(() -> assertThat(codes(loginToken())).containsExactly("ER705"));
        commands.done("", "identifier", "link", identifier, "--partner", "app", "--user", user);
        eventually(() -> assertThat(loginToken().status()).isEqualTo(200));
    }

    @Test
    void aRevokedApiKeyIsRefusedAtOnce() throws Exception {
        user = commands.makeUser(identifier);
        JsonNode key = commands.done("", "api-key", "issue", "app").json();
        String apiKey = key.path("apiKey").asText();
        assertThat(loginToken(apiKey).status()).isEqualTo(200);
        commands.done("", "api-key", "revoke", key.path("id").asText());
        eventually(() -> assertThat(codes(loginToken(apiKey))).containsExactly("ER805"));
        assertThat(loginToken().status()).isEqualTo(200);
    }

    @Test
    void aDisabledPartnerIsRefusedAtOnceAndItsSessionsEndForGood() throws Exception {
        user = commands.makeUser(identifier);
        String loginToken = field(loginToken(), "token");
        Exchange authenticated = authenticate();
        assertThat(authenticated.status()).isEqualTo(200);
        commands.done("", "partner", "disable", "app");
        eventually(() -> assertThat(codes(loginToken())).containsExactly("ER805"));
        assertThat(codes(authenticate())).containsExactly("ER811");
        assertThat(codes(byToken(authenticated))).containsExactly("ER800");
        assertThat(codes(redeem(loginToken))).containsExactly("ER710");
        commands.done("", "partner", "enable", "app");
        eventually(() -> assertThat(loginToken().status()).isEqualTo(200));
        assertThat(codes(byToken(authenticated))).containsExactly("ER800");
        assertThat(codes(redeem(loginToken))).containsExactly("ER710");
    }

    @Tag("slow")
    @Test
    void keysThatAreRotatedLoseNothingAndThoseThatAreReplacedEndAll() throws Exception {
        user = commands.makeUser(identifier);
        String before = field(loginToken(), "token");
        JsonNode rotated = commands.done("", "key", "rotate").json().path("keys");
        assertThat(rotated).hasSize(2);
        assertThat(redeem(before).status()).isEqualTo(200);
        String between = field(loginToken(), "token");
        Exchange authenticated = authenticate();
        JsonNode replaced = commands.done("", "key", "replace").json().path("keys");
        assertThat(replaced.findValuesAsText("id")).doesNotContainAnyElementsOf(rotated.findValuesAsText("id"));
        Thread.sleep(6000);
        assertThat(codes(redeem(between))).containsExactly("ER710");
        assertThat(codes(byToken(authenticated))).containsExactly("ER800");
        String after = field(loginToken(), "token");
        assertThat(redeem(after).status()).isEqualTo(200);
        assertThat(commands.done("", "key", "list").json().path("keys").size()).isGreaterThanOrEqualTo(4);
        assertThat(service.output()).doesNotContain(KEY);
    }

    @Test
    void ofAnErasedUserTheLinkIsLeft() throws Exception {
        user = commands.makeUser(identifier);
        commands.done("", "document", "set", user, "--side", "back");
        commands.done("", "user", "erase", user);
        eventually(() -> assertThat(codes(loginToken())).containsExactly("ER709"));
        JsonNode left = commands.done("", "user", "show", user).json();
        assertThat(left.fieldNames()).toIterable().containsExactly("user", "deleted", "documents", "identifiers");
        assertThat(left.path("documents")).isEmpty();
        assertThat(left.at("/identifiers/0/identifier").asText()).isEqualTo(identifier);
    }

    @Test
    void everyCommandIsAudited() throws Exception {
        user = commands.makeUser(identifier);
        commands.done("", "revoke", "user", user);
        commands.done("", "identifier", "unlink", identifier);
        commands.done("", "user", "show", user);
        commands.done("", "user", "delete", user);
        List<String> actions = new ArrayList<>();
        try (Connection connection = commands.database().connect();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select action, actor, outcome, request_id from audit where account = '" + user
                                + "' order by at")) {
            while (rows.next()) {
                actions.add(rows.getString("action"));
                assertThat(rows.getString("actor")).isEqualTo(System.getProperty("user.name"));
                assertThat(rows.getString("outcome")).isEqualTo("OK");
                assertThat(rows.getString("request_id")).isNull();
            }
        }
        assertThat(actions).containsExactly("user create", "link", "revoke user", "unlink", "user show", "user delete");
    }

    @Test
    void everyCommandTellsItsRelease() throws Exception {
        Command said = commands.process("", "--version");
        assertThat(said.status()).isZero();
        assertThat(said.output())
                .matches("login-token \\d\\S*, commit (unknown|[0-9a-f]{40}(-dirty)?)\\RJava \\d.*\\R");
        assertThat(commands.run(List.of(), "", "user", "create", "--version").output())
                .isEqualTo(said.output());
        assertThat(service.output()).contains(said.output().lines().findFirst().orElseThrow());
    }

    private Exchange loginToken() {
        return loginToken(partnersKey);
    }

    private Exchange loginToken(String apiKey) {
        return api.loginToken("X-Api-Key", apiKey, "User-Identifier", identifier);
    }

    private Exchange byToken(Exchange authenticated) {
        return api.loginToken(
                "Authorization", "Bearer " + field(authenticated, "token"), "User-Identifier", identifier);
    }

    private static Exchange authenticate() {
        return api.post("/api/v1/authenticate", Map.of("username", "app", "password", PASSWORD));
    }

    private Exchange redeem(String token) {
        return api.post(Api.LOGIN_TOKEN + "/redeem", Map.of("uuid", user, "token", token), "X-Api-Key", websitesKey);
    }

    /** Asserts what a node sees of a change. On PostgreSQL, a node hears of it within a second. */
    private static void eventually(Executable assertion) throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1); System.nanoTime() < end; Thread.sleep(20)) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                // Not yet.
            }
        }
        assertion.run();
    }

    @FunctionalInterface
    private interface Executable {
        void run() throws Exception;
    }
}

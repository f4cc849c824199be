package dev.logintoken.contract.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.CommandLine;
import dev.logintoken.contract.service.Command;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.service.TestDatabase;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands make all partners, keys, users and identifiers of a production node, and change them while it runs. H2 runs with
 * AUTO_SERVER, so that several processes can open it.
 */
@SuppressWarnings("NullAway.Init")
final class OperatorIT {

    private static final String KEY = "HwJ-J3zezptI_xF6ql0IoyM8cRdMV09yhMeZ-1NTrgo";
    private static final String PASSWORD = "a-password-of-the-partner";

    @TempDir
    private static Path directory;

    private static CommandLine commands;
    private static TestDatabase database;
    private static List<String> settings;
    private static Service service;
    private static Api api;
    private static String websitesKey;
    private static String partnersKey;

    private final String identifier = UUID.randomUUID().toString().replace("-", "") + "operator";
    private String user = "";

    @BeforeAll
    static void setUp() throws Exception {
        commands = CommandLine.open(Files.createDirectory(directory.resolve("war")));
        database = TestDatabase.open(directory);
        settings = new ArrayList<>(database.settings());
        settings.remove("-Dlogintoken.sandbox=true");
        settings.addAll(List.of(
                "-Dlogintoken.keys.master=" + KEY,
                "-Dlogintoken.website.base-url=https://www.example.com",
                "-Dlogintoken.ttl=3600"));
        Command unmade = command("", "check");
        assertThat(unmade.status()).isEqualTo(3);
        assertThat(unmade.output()).contains("migrate").doesNotContain(KEY);
        assertThat(command("", "partner", "list").status()).isEqualTo(1);
        done("", "migrate");
        assertThat(done("", "check").output()).contains("PRODUCTION").doesNotContain(KEY);
        try (Connection connection = database.connect();
                ResultSet keys = connection.createStatement().executeQuery("select * from signing_key")) {
            assertThat(keys.next())
                    .as("a check binds the database to its master key")
                    .isFalse();
        }
        done("", "partner", "create", "website", "--role", "website");
        done(PASSWORD + "\n", "partner", "create", "app", "--role", "app", "--password-stdin");
        websitesKey = issueKey("website");
        partnersKey = issueKey("app");
        start();
    }

    private static void start() throws IOException {
        service = Service.startIn(directory, settings);
        api = new Api(service.url());
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        commands.close();
    }

    @Test
    void aTokenIsIssuedAndRedeemedWithWhatCommandsMade() throws Exception {
        makeUser();
        Exchange issued = loginToken();
        assertThat(field(issued, "uuid")).isEqualTo(user);
        Exchange redeemed = redeem(field(issued, "token"));
        assertThat(redeemed.status()).isEqualTo(200);
        assertThat(field(redeemed, "uuid")).isEqualTo(user);
        assertThat(codes(redeem(field(issued, "token")))).containsExactly("ER712");
    }

    @Test
    void aDocumentIsWaitedForUntilItIsReviewed() throws Exception {
        makeUser();
        change("document", "set", user, "--side", "front");
        eventually(() -> assertThat(codes(loginToken())).containsExactly("ER708"));
        change("document", "review", user);
        eventually(() -> assertThat(loginToken().status()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "partner", "all"})
    void whatIsRevokedIsRefusedAndWhatIsIssuedLaterIsNot(String what) throws Exception {
        makeUser();
        String token = field(loginToken(), "token");
        switch (what) {
            case "user" -> change("revoke", "user", user);
            case "partner" -> change("revoke", "partner", "app");
            default -> change("revoke", "all");
        }
        assertThat(codes(redeem(token))).containsExactly("ER710");
        assertThat(redeem(field(loginToken(), "token")).status()).isEqualTo(200);
    }

    @Test
    void anUnlinkedIdentifierIsNobodysUntilItIsLinkedAgain() throws Exception {
        makeUser();
        change("identifier", "unlink", identifier);
        eventually(() -> assertThat(codes(loginToken())).containsExactly("ER705"));
        change("identifier", "link", identifier, "--partner", "app", "--user", user);
        eventually(() -> assertThat(loginToken().status()).isEqualTo(200));
    }

    @Test
    void aRevokedApiKeyIsRefusedAtOnce() throws Exception {
        makeUser();
        JsonNode key = change("api-key", "issue", "app").json();
        String apiKey = key.path("apiKey").asText();
        assertThat(loginToken(apiKey).status()).isEqualTo(200);
        change("api-key", "revoke", key.path("id").asText());
        eventually(() -> assertThat(codes(loginToken(apiKey))).containsExactly("ER805"));
        assertThat(loginToken().status()).isEqualTo(200);
    }

    @Test
    void aDisabledPartnerIsRefusedAtOnceAndItsSessionsEndForGood() throws Exception {
        makeUser();
        String loginToken = field(loginToken(), "token");
        Exchange authenticated = authenticate();
        assertThat(authenticated.status()).isEqualTo(200);
        change("partner", "disable", "app");
        eventually(() -> assertThat(codes(loginToken())).containsExactly("ER805"));
        assertThat(codes(authenticate())).containsExactly("ER811");
        assertThat(codes(byToken(authenticated))).containsExactly("ER800");
        assertThat(codes(redeem(loginToken))).containsExactly("ER710");
        change("partner", "enable", "app");
        eventually(() -> assertThat(loginToken().status()).isEqualTo(200));
        assertThat(codes(byToken(authenticated))).containsExactly("ER800");
        assertThat(codes(redeem(loginToken))).containsExactly("ER710");
    }

    @Tag("slow")
    @Test
    void keysThatAreRotatedLoseNothingAndThoseThatAreReplacedEndAll() throws Exception {
        makeUser();
        String before = field(loginToken(), "token");
        JsonNode rotated = change("key", "rotate").json().path("keys");
        assertThat(rotated).hasSize(2);
        assertThat(redeem(before).status()).isEqualTo(200);
        String between = field(loginToken(), "token");
        Exchange authenticated = authenticate();
        JsonNode replaced = change("key", "replace").json().path("keys");
        assertThat(replaced.findValuesAsText("id")).doesNotContainAnyElementsOf(rotated.findValuesAsText("id"));
        Thread.sleep(6000);
        assertThat(codes(redeem(between))).containsExactly("ER710");
        assertThat(codes(byToken(authenticated))).containsExactly("ER800");
        String after = field(loginToken(), "token");
        assertThat(redeem(after).status()).isEqualTo(200);
        assertThat(done("", "key", "list").json().path("keys").size()).isGreaterThanOrEqualTo(4);
        assertThat(service.output()).doesNotContain(KEY);
    }

    @Test
    void ofAnErasedUserTheLinkIsLeft() throws Exception {
        makeUser();
        change("document", "set", user, "--side", "back");
        change("user", "erase", user);
        eventually(() -> assertThat(codes(loginToken())).containsExactly("ER709"));
        JsonNode left = change("user", "show", user).json();
        assertThat(left.fieldNames()).toIterable().containsExactly("user", "deleted", "documents", "identifiers");
        assertThat(left.path("documents")).isEmpty();
        assertThat(left.at("/identifiers/0/identifier").asText()).isEqualTo(identifier);
    }

    @Test
    void everyCommandIsAudited() throws Exception {
        makeUser();
        change("revoke", "user", user);
        change("identifier", "unlink", identifier);
        done("", "user", "show", user);
        change("user", "delete", user);
        List<String> actions = new ArrayList<>();
        try (Connection connection = database.connect();
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
    void whatCannotBeDoneIsOneLineAndAStatus() throws Exception {
        assertRefused(3, command("", "partner", "create", "app", "--role", "app"));
        assertRefused(3, command("", "api-key", "revoke", "0123456789abcdef"));
        assertRefused(3, command("", "user", "erase", "nobody@example.com"));
        assertRefused(3, command("", "partner", "create", "other", "--role", "app", "--password-stdin"));
        assertRefused(2, command("", "partner", "create"));
        assertRefused(2, command("", "partner", "create", "x", "--role", "app", "--origin", "https://x.example.com/y"));
        assertRefused(2, command("", "identifier", "link", "short", "--partner", "app", "--user", "x"));
        assertRefused(2, command("", "user", "create", "--email", "x"));
        assertRefused(2, command("", "serve"));
    }

    @Test
    void aDatabaseOfTheOtherModeIsLeftAlone() throws Exception {
        Command said = Command.run(directory, database.settings(), "", List.of("partner", "list"));
        assertRefused(1, said);
        assertThat(said.complaint()).contains("made in mode PRODUCTION");
    }

    @Tag("slow")
    @Test
    void aDatabaseThatCannotBeUsedIsOneLine() throws Exception {
        String file = "jdbc:h2:file:" + directory.resolve("locked");
        try (Connection node = DriverManager.getConnection(file)) {
            List<String> locked = new ArrayList<>(settings);
            locked.add("-Dlogintoken.db.url=" + file);
            Command said = Command.run(directory, locked, "", List.of("partner", "list"));
            assertRefused(1, said);
            assertThat(said.complaint()).contains("The file is locked");
            assertThat(node.isValid(1)).isTrue();
        }
        assertRefused(1, run(List.of("-Dlogintoken.db.url=jdbc:postgresql://127.0.0.1:1/x"), "", "partner", "list"));
        assertRefused(1, run(List.of("-Dlogintoken.ttl=1"), "", "partner", "list"));
        Command checked = run(List.of("-Dlogintoken.ttl=1"), "", "check");
        assertThat(checked.status()).isEqualTo(3);
        assertThat(checked.json().path("problems").toString()).contains("logintoken.ttl must be ");
    }

    /** By {@code java -jar}, as an operator does it. */
    @Test
    void aProcessDoesTheSame() throws Exception {
        Command help = process("", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.output())
                .contains("partner", "api-key", "user", "document", "identifier", "revoke", "audit", "check", "migrate")
                .contains("logintoken.http.port");
        assertThat(process("", "help", "partner", "create").output()).contains("--role", "--password-stdin");
        Command made =
                process(PASSWORD + "\n", "--json", "partner", "create", "muller", "--role", "app", "--password-stdin");
        assertThat(made.status()).as(made.complaint()).isZero();
        assertThat(made.complaint()).isEmpty();
        assertThat(made.json().path("username").asText()).isEqualTo("muller");
        assertRefused(3, process("", "partner", "create", "app", "--role", "app"));
        assertRefused(2, process("", "serve"));
    }

    @Test
    void everyCommandTellsItsRelease() throws Exception {
        Command said = process("", "--version");
        assertThat(said.status()).isZero();
        assertThat(said.output())
                .matches("login-token \\d\\S*, commit (unknown|[0-9a-f]{40}(-dirty)?)\\RJava \\d.*\\R");
        assertThat(commands.run(settings, "", List.of("user", "create", "--version"))
                        .output())
                .isEqualTo(said.output());
        assertThat(service.output()).contains(said.output().lines().findFirst().orElseThrow());
    }

    @Test
    void usersAndTheAuditAreListedPageByPage() throws Exception {
        makeUser();
        String first = user;
        makeUser("second" + identifier);
        JsonNode page =
                done("", "user", "list", "--limit", "1", "--partner", "app").json();
        assertThat(page.path("users")).hasSize(1);
        JsonNode next = done(
                        "",
                        "user",
                        "list",
                        "--partner",
                        "app",
                        "--after",
                        page.path("next").asText())
                .json();
        assertThat(List.of(page, next).stream()
                        .flatMap(users -> users.findValuesAsText("user").stream())
                        .toList())
                .contains(first, user)
                .doesNotHaveDuplicates();
        change("revoke", "user", user);
        JsonNode newest =
                done("", "audit", "list", "--user", user, "--limit", "1").json();
        assertThat(newest.at("/rows/0/action").asText()).isEqualTo("audit list");
        JsonNode before = done(
                        "",
                        "audit",
                        "list",
                        "--user",
                        user,
                        "--after",
                        newest.path("next").asText())
                .json();
        assertThat(before.findValuesAsText("action")).containsExactly("revoke user", "link", "user create");
        String id = done("", "api-key", "issue", "app").json().path("id").asText();
        assertThat(done("", "audit", "list", "--token", id)
                        .json()
                        .at("/rows/0/action")
                        .asText())
                .isEqualTo("api-key issue");
    }

    /** A user of this test's own, whom the partner knows. */
    private void makeUser() throws Exception {
        makeUser(identifier);
    }

    private void makeUser(String known) throws Exception {
        user = change("user", "create", "--email", UUID.randomUUID() + "@example.com")
                .json()
                .path("user")
                .asText();
        change("identifier", "link", known, "--partner", "app", "--user", user);
    }

    private static Command process(String input, String... words) throws Exception {
        return Command.run(directory, settings, input, List.of(words));
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

    private static String issueKey(String partner) throws Exception {
        JsonNode key = done("", "api-key", "issue", partner).json();
        assertThat(key.path("apiKey").asText()).hasSize(43);
        return key.path("apiKey").asText();
    }

    /** A change that is made while the node runs. */
    private static Command change(String... words) throws Exception {
        return done("", words);
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

    private static Command done(String input, String... words) throws Exception {
        Command said = command(input, words);
        assertThat(said.status()).as(said.complaint()).isZero();
        assertThat(said.complaint()).isEmpty();
        return said;
    }

    private static void assertRefused(int status, Command said) {
        assertThat(said.status()).as(said.complaint()).isEqualTo(status);
        assertThat(said.output()).isEmpty();
        assertThat(said.complaint().lines()).hasSize(1);
    }

    private static Command command(String input, String... words) throws Exception {
        return run(List.of(), input, words);
    }

    private static Command run(List<String> more, String input, String... words) throws Exception {
        List<String> all = new ArrayList<>(settings);
        all.addAll(more);
        List<String> command = new ArrayList<>(List.of("--json"));
        command.addAll(List.of(words));
        return commands.run(all, input, command);
    }
}

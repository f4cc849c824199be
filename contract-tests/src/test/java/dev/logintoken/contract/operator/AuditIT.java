package dev.logintoken.contract.operator;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.contract.client.Visitor;
import dev.logintoken.contract.operator.AuditRows.Row;
import dev.logintoken.contract.service.TestDatabase;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static dev.logintoken.contract.client.Api.ACTIVE_IDENTIFIER;
import static dev.logintoken.contract.client.Api.PARTNERS_KEY;
import static dev.logintoken.contract.client.Api.WEBSITES_KEY;
import static dev.logintoken.contract.client.Api.codes;
import static dev.logintoken.contract.client.Api.field;
import static dev.logintoken.contract.operator.AuditRows.head;
import static org.assertj.core.api.Assertions.assertThat;

/** What requests leave in the audit, in the transaction that it tells of, and what issuing leaves in the log. */
final class AuditIT {

    @RegisterExtension
    private static final SandboxExtension SANDBOX = new SandboxExtension(TestDatabase::open);

    private static final String PARTNER = "17734652-64f8-399e-80d3-6f80175c6d0d";
    private static final String WEBSITE = UUID.nameUUIDFromBytes(
                    "login-token sandbox: partner website".getBytes(StandardCharsets.UTF_8))
            .toString();
    private static final String USER = "45b9313b-fa47-4786-baf1-62969dec31f2";

    private final String request = "audit-" + UUID.randomUUID();

    @Test
    void aRedemptionIsTold() throws Exception {
        String token = issue();
        assertThat(redeem(token).status()).isEqualTo(200);
        assertThat(rows()).containsExactly(new Row(WEBSITE, "redeem", "REDEEMED", PARTNER, USER, head(token)));
    }

    @Test
    void aSecondUseIsTold() throws Exception {
        String token = issue();
        assertThat(SANDBOX.api().redeem(USER, token).status()).isEqualTo(200);
        assertThat(codes(redeem(token))).containsExactly("ER712");
        assertThat(rows()).containsExactly(new Row(WEBSITE, "redeem", "USED", PARTNER, USER, head(token)));
    }

    @Test
    void ofManyUsesAtOnceEachIsTold() throws Exception {
        String token = issue();
        Callable<Exchange> use = () -> redeem(token);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (Future<Exchange> answer : threads.invokeAll(Collections.nCopies(16, use))) {
                assertThat(answer.get().status()).isIn(200, 400);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(rows())
                .hasSize(16)
                .extracting(Row::outcome)
                .containsOnlyOnce("REDEEMED")
                .containsOnly("REDEEMED", "USED");
    }

    /** Though those that come together may be committed together. */
    @Test
    void ofManyTokensUsedAtOnceEachIsToldUnderItsOwnRequest() throws Exception {
        Map<String, String> tokens = new TreeMap<>();
        for (int i = 0; i < 32; i++) {
            tokens.put(request + "-" + i, issue());
        }
        List<Callable<Exchange>> uses = new ArrayList<>();
        tokens.forEach((request, token) -> uses.add(() -> redeem(token, request)));
        ExecutorService threads = Executors.newFixedThreadPool(uses.size());
        try {
            for (Future<Exchange> answer : threads.invokeAll(uses)) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        } finally {
            threads.shutdown();
        }
        for (Map.Entry<String, String> token : tokens.entrySet()) {
            assertThat(AuditRows.of(SANDBOX.database(), token.getKey()))
                    .containsExactly(new Row(WEBSITE, "redeem", "REDEEMED", PARTNER, USER, head(token.getValue())));
        }
    }

    @Test
    void aTokenThatIsNobodysIsNotTold() throws Exception {
        assertThat(codes(redeem("A".repeat(64)))).containsExactly("ER710");
        assertThat(rows()).isEmpty();
    }

    @Test
    void aRedemptionThatTheAuditCannotTellDoesNotTakePlace() throws Exception {
        String token = issue();
        execute("alter table audit add constraint not_told check (request_id <> '" + request + "')");
        try {
            assertThat(codes(redeem(token))).containsExactly("ER999");
        } finally {
            execute("alter table audit drop constraint not_told");
        }
        assertThat(rows()).isEmpty();
        assertThat(redeem(token).status()).isEqualTo(200);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void aLogoutIsToldOnce() throws Exception {
        String userToken = field(SANDBOX.api().login(), "token");
        for (int i = 0; i < 2; i++) {
            assertThat(send("POST", "/api/v1/user/logout", "", "User-Authorization", "Bearer " + userToken)
                            .status())
                    .isEqualTo(204);
        }
        assertThat(rows()).containsExactly(new Row(USER, "logout", "OK", PARTNER, USER, null));
    }

    @Test
    void aRefreshTokenUsedAgainLaterIsTold() throws Exception {
        String refreshToken = field(SANDBOX.api().login(), "refreshToken");
        assertThat(refresh(refreshToken).status()).isEqualTo(200);
        assertThat(codes(refresh(refreshToken))).containsExactly("ER823");
        assertThat(rows()).isEmpty();
        SANDBOX.states().setUp("the clock is ahead", Map.of("seconds", 11));
        assertThat(codes(refresh(refreshToken))).containsExactly("ER823");
        assertThat(rows()).containsExactly(new Row(PARTNER, "refresh-reuse", "OK", PARTNER, USER, null));
    }

    @Test
    void aLinkIsToldAndNotWhatIsRegisteredOrLinkedAlready() throws Exception {
        String identifier = UUID.randomUUID().toString().replace("-", "") + "audit";
        String userToken = "Bearer " + field(SANDBOX.api().login(), "token");
        assertThat(register(identifier).status()).isEqualTo(200);
        assertThat(rows()).isEmpty();
        for (int i = 0; i < 2; i++) {
            assertThat(register(identifier, "User-Authorization", userToken).status())
                    .isEqualTo(200);
        }
        assertThat(rows()).containsExactly(new Row(PARTNER, "link", "OK", PARTNER, USER, null));
    }

    @Test
    void aConsentIsToldAndThenTheLink() throws Exception {
        String identifier = UUID.randomUUID().toString().replace("-", "") + "audit";
        Matcher url = Pattern.compile("/en-gb/link[^\"]*")
                .matcher(register(identifier).body());
        assertThat(url.find()).isTrue();
        Visitor visitor = new Visitor(SANDBOX.api(), SANDBOX.service().url());
        visitor.submit(
                visitor.open(url.group()),
                "/en-gb/link/login",
                "email",
                "active@example.com",
                "password",
                "active-password");
        Exchange agreed = visitor.submit(visitor.open(url.group()), "/en-gb/link");
        assertThat(AuditRows.of(
                        SANDBOX.database(), agreed.header("X-Request-Id").orElseThrow()))
                .containsExactly(new Row(USER, "consent", "OK", PARTNER, USER, null));
        Matcher verifier = Pattern.compile("verifier=([\\w-]+)").matcher(Visitor.unescaped(agreed.body()));
        assertThat(verifier.find()).isTrue();
        for (int i = 0; i < 2; i++) {
            post(
                    "/api/v1/user/confirm-identifier",
                    Map.of("identifier", identifier, "verifier", verifier.group(1)),
                    "X-Api-Key",
                    PARTNERS_KEY);
        }
        assertThat(rows()).containsExactly(new Row(PARTNER, "link", "OK", PARTNER, USER, null));
    }

    @Test
    void issuingIsToldByTheLogAlone() throws Exception {
        Exchange issued =
                send("GET", Api.LOGIN_TOKEN, "", "X-Api-Key", PARTNERS_KEY, "User-Identifier", ACTIVE_IDENTIFIER);
        String token = field(issued, "token");
        assertThat(rows()).isEmpty();
        assertThat(logged("dev.logintoken.audit: "))
                .endsWith("issued request=" + request + " partner=" + PARTNER + " user=" + USER + " token="
                        + head(token) + " expiry=" + field(issued, "expiryDate"));
        assertThat(SANDBOX.service().output()).doesNotContain(token);
    }

    private static String issue() {
        return field(
                SANDBOX.api().loginToken("X-Api-Key", PARTNERS_KEY, "User-Identifier", ACTIVE_IDENTIFIER), "token");
    }

    private Exchange redeem(String token) {
        return redeem(token, request);
    }

    private static Exchange redeem(String token, String request) {
        String body =
                Spec.JSON.valueToTree(Map.of("uuid", USER, "token", token)).toString();
        return sendUnder(
                request,
                "POST",
                Api.LOGIN_TOKEN + "/redeem",
                body,
                "Content-Type",
                "application/json",
                "X-Api-Key",
                WEBSITES_KEY);
    }

    private Exchange refresh(String refreshToken) {
        return post("/api/v1/refresh", Map.of("refreshToken", refreshToken), "X-Api-Key", PARTNERS_KEY);
    }

    private Exchange register(String identifier, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("X-Api-Key", PARTNERS_KEY));
        return post(
                "/api/v1/user/register-identifier",
                Map.of("identifier", identifier, "returnUrl", "https://app.example.com/linked"),
                all.toArray(String[]::new));
    }

    private Exchange post(String path, Map<String, String> body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json"));
        return send("POST", path, Spec.JSON.valueToTree(body).toString(), all.toArray(String[]::new));
    }

    /** Under the request id of this test. */
    private Exchange send(String method, String path, String body, String... headers) {
        return sendUnder(request, method, path, body, headers);
    }

    private static Exchange sendUnder(String request, String method, String path, String body, String... headers) {
        Map<String, String> all = Api.with(headers);
        all.put("X-Request-Id", request);
        return SANDBOX.api().send(method, path, body, all);
    }

    /** What the audit has under the request id of this test. */
    private List<Row> rows() throws SQLException {
        return AuditRows.of(SANDBOX.database(), request);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = SANDBOX.database().connect()) {
            connection.createStatement().execute(sql);
        }
    }

    private String logged(String logger) throws InterruptedException {
        return SANDBOX.service().awaitLine(logger, request);
    }
}

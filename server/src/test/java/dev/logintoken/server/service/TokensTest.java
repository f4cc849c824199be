package dev.logintoken.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a caller's other sessions and tokens, when one of them ends or is refused. */
final class TokensTest {

    private static final String[] PARTNER = {"X-Api-Key", "sandbox-api-key"};
    private static final String[] WEBSITE = {"X-Api-Key", "website-api-key"};
    private static final String[] NOBODY = {};

    private final TestService service = TestService.sandbox();

    @Test
    void aLogoutEndsOneSessionAndNoOther() {
        JsonNode phone = login();
        JsonNode laptop = login();
        assertThat(loginToken(phone).statusCode()).as("after another login").isEqualTo(200);
        assertThat(service.post("/api/v1/user/logout", Map.of(), "User-Authorization", bearer(laptop))
                        .statusCode())
                .isEqualTo(204);
        assertThat(codes(loginToken(laptop))).isEqualTo("ER702");
        assertThat(loginToken(phone).statusCode()).isEqualTo(200);
        assertThat(refresh(phone, PARTNER).statusCode()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenThatIsUsedAgainEndsItsOwnSessionAndNoOther() {
        JsonNode phone = login();
        JsonNode laptop = login();
        JsonNode next = TestService.json(refresh(laptop, PARTNER));
        try (TestService.Ahead later = service.ahead(60)) {
            assertThat(codes(refresh(laptop, PARTNER))).isEqualTo("ER823");
            assertThat(codes(refresh(next, PARTNER))).isEqualTo("ER821");
            assertThat(loginToken(phone).statusCode()).isEqualTo(200);
            assertThat(refresh(phone, PARTNER).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRefusedRefreshUsesNothingUp() {
        JsonNode tokens = login();
        assertThat(codes(refresh(tokens, NOBODY))).isEqualTo("ER802 ER806");
        assertThat(codes(refresh(tokens, "X-Api-Key", "nobodys-api-key"))).isEqualTo("ER805");
        assertThat(codes(refresh(tokens, WEBSITE))).isEqualTo("ER821");
        assertThat(refresh(tokens, PARTNER).statusCode()).isEqualTo(200);
    }

    @Test
    void aRefreshGivesTwoNewTokens() {
        JsonNode tokens = login();
        JsonNode next = TestService.json(refresh(tokens, PARTNER));
        assertThat(next.path("refreshToken")).isNotEqualTo(tokens.path("refreshToken"));
        assertThat(loginToken(next).statusCode()).isEqualTo(200);
        assertThat(codes(refresh(tokens, PARTNER))).isEqualTo("ER823");
        assertThat(refresh(next, PARTNER).statusCode()).isEqualTo(200);
    }

    @Test
    void anAccessTokenIsGoodForAnHour() {
        JsonNode user = login();
        JsonNode partner = TestService.json(
                service.post("/api/v1/authenticate", Map.of("username", "sandbox", "password", "sandbox-password")));
        String[] headers = {"Authorization", bearer(partner), "User-Authorization", bearer(user)};
        assertThat(at(3_500, headers)).isEmpty();
        assertThat(at(3_700, headers)).isEqualTo("ER801");
        assertThat(at(3_700, PARTNER[0], PARTNER[1], "User-Authorization", bearer(user)))
                .isEqualTo("ER701");
    }

    private String at(int seconds, String... headers) {
        try (TestService.Ahead later = service.ahead(seconds)) {
            return codes(service.get("/api/v1/user/login-token", headers));
        }
    }

    @Test
    void aRefusedRedemptionUsesNoTokenUp() {
        JsonNode issued = TestService.json(service.loginToken());
        Map<String, String> login = Map.of(
                "uuid",
                issued.path("uuid").asText(),
                "token",
                issued.path("token").asText());
        assertThat(codes(redeem(login, PARTNER))).isEqualTo("ER713");
        assertThat(codes(redeem(login, NOBODY))).isEqualTo("ER802 ER806");
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        JsonNode redeemed = TestService.json(redeem(login, WEBSITE));
        assertThat(Instant.parse(redeemed.path("redeemedAt").asText())).isBetween(before, Instant.now());
        assertThat(redeemed.path("uuid").asText()).isEqualTo(login.get("uuid"));
        assertThat(codes(redeem(login, WEBSITE))).isEqualTo("ER712");
    }

    @Test
    void everyRequestHasAnIdOfItsOwn() {
        assertThat(loginToken(login()).headers().firstValue("X-Request-Id"))
                .isPresent()
                .isNotEqualTo(loginToken(login()).headers().firstValue("X-Request-Id"));
    }

    private JsonNode login() {
        return TestService.json(service.post(
                "/api/v1/user/login",
                Map.of("emailAddress", "active@example.com", "password", "active-password"),
                PARTNER));
    }

    private HttpResponse<String> loginToken(JsonNode tokens) {
        return service.get("/api/v1/user/login-token", PARTNER[0], PARTNER[1], "User-Authorization", bearer(tokens));
    }

    private HttpResponse<String> refresh(JsonNode tokens, String... caller) {
        return service.post(
                "/api/v1/refresh",
                Map.of("refreshToken", tokens.path("refreshToken").asText()),
                caller);
    }

    private HttpResponse<String> redeem(Map<String, String> login, String... caller) {
        return service.post("/api/v1/user/login-token/redeem", login, caller);
    }

    private static String bearer(JsonNode tokens) {
        return "Bearer " + tokens.path("token").asText();
    }

    /** Returns the codes of a refusal, in their order; empty if it is none. */
    private static String codes(HttpResponse<String> answer) {
        return TestService.json(answer).path("errors").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(" "));
    }
}

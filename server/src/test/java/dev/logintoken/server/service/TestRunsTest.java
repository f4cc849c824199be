package dev.logintoken.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A test run has a clock and data of its own, which a test controls over HTTP. */
final class TestRunsTest {

    private static final String RUN = "Sandbox-Run";
    private static final String LOGIN_TOKEN = "/api/v1/user/login-token";
    private static final String FROZEN = "2030-05-06T07:08:09Z";

    private final TestService service = TestService.sandbox();

    @AfterEach
    void reset() {
        assertThat(service.control("POST", "/reset").statusCode()).isEqualTo(204);
    }

    private JsonNode clock(String method, String path, String... headers) {
        HttpResponse<String> answer = service.control(method, path, headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestService.json(answer);
    }

    private HttpResponse<String> redeem(HttpResponse<String> token, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("X-Api-Key", "website-api-key"));
        return service.post(
                LOGIN_TOKEN + "/redeem",
                Map.of(
                        "uuid", TestService.json(token).get("uuid").asText(),
                        "token", TestService.json(token).get("token").asText()),
                all.toArray(String[]::new));
    }

    @Test
    void aFrozenClockStandsStillForTheService() {
        JsonNode clock = clock("PUT", "/clock?frozenAt=" + FROZEN);
        assertThat(clock.get("now").asText()).isEqualTo(FROZEN);
        assertThat(clock.get("frozen").asBoolean()).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThat(TestService.json(service.loginToken()).get("expiryDate").asText())
                    .isEqualTo("2030-05-06T07:13:09Z");
        }
    }

    @Test
    void aStepMovesAFrozenClockOnAndExpiresTokens() {
        clock("PUT", "/clock?frozenAt=" + FROZEN);
        HttpResponse<String> token = service.loginToken();
        JsonNode clock = clock("POST", "/clock/step?seconds=299");
        assertThat(clock.get("now").asText()).isEqualTo("2030-05-06T07:13:08Z");
        assertThat(clock.get("frozen").asBoolean()).isTrue();
        clock("POST", "/clock/step?seconds=2");
        assertThat(redeem(token).body()).contains("ER711");
        clock("POST", "/clock/step?seconds=-2");
        assertThat(redeem(token).statusCode()).isEqualTo(200);
    }

    @Test
    void aShiftedClockRunsAheadAndAResetSetsItBack() {
        Instant machine = Instant.now();
        assertThat(Instant.parse(
                        clock("PUT", "/clock?secondsAhead=86400").get("now").asText()))
                .isAfterOrEqualTo(machine.plus(Duration.ofDays(1)));
        clock("POST", "/clock/step?seconds=-3600");
        assertThat(Instant.parse(clock("GET", "/clock").get("now").asText()))
                .isAfterOrEqualTo(machine.plus(Duration.ofHours(23)))
                .isBefore(Instant.now().plus(Duration.ofHours(24)));
        assertThat(Instant.parse(clock("DELETE", "/clock").get("now").asText()))
                .isBefore(Instant.now().plusSeconds(1));
    }

    @Test
    void theProviderStateMovesTheSameClock() {
        service.state("the clock is ahead", TestService.JSON.valueToTree(Map.of("seconds", 3600)));
        assertThat(Instant.parse(clock("GET", "/clock").get("now").asText()))
                .isAfter(Instant.now().plusSeconds(3000));
        service.tearDown("the clock is ahead");
        assertThat(Instant.parse(clock("GET", "/clock").get("now").asText()))
                .isBefore(Instant.now().plusSeconds(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | /clock | Send exactly one of the parameters 'frozenAt' and 'secondsAhead'.",
                "PUT | /clock?secondsAhead=1&frozenAt=2030-05-06T07:08:09Z | Send exactly one of the parameters",
                "PUT | /clock?secondsAhead=soon | 'secondsAhead' must be a whole number from -8640000 to 8640000, not"
                        + " 'soon'.",
                "PUT | /clock?secondsAhead=8640001 | 'secondsAhead' must be a whole number from -8640000 to 8640000",
                "PUT | /clock?secondsAhead=1&secondsAhead=1 | The parameter 'secondsAhead' comes 2 times: send it"
                        + " once.",
                "PUT | /clock?frozenAt=tomorrow | 'frozenAt' must be a time such as 2026-03-01T12:00:00Z, not"
                        + " 'tomorrow'.",
                "PUT | /clock?frozenAt=1999-12-31T23:59:59Z | from 2000-01-01T00:00:00Z to 2099-12-31T23:59:59Z, not",
                "PUT | /clock?frozen=true | There is no parameter 'frozen'. The nearest is 'frozenAt'.",
                "POST | /clock/step | The parameter 'seconds' is missing. It must be a whole number",
                "POST | /clock/step?seconds=1.5 | 'seconds' must be a whole number from -8640000 to 8640000, not"
                        + " '1.5'.",
                "GET | /clock?x=1 | There is no parameter 'x'. The operation takes none.",
                "DELETE | /run | Only a run that the header Sandbox-Run names can be deleted.",
            })
    void aWrongParameterIsRefusedInOneLine(String method, String path, String line) {
        HttpResponse<String> answer = service.control(method, path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestService.json(answer).get("error").asText())
                .contains(line)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({"''", "a b", "a/b", "ä", "a;b"})
    void aWrongNameOfARunIsRefused(String name) {
        assertThat(service.loginToken(RUN, name).statusCode()).isEqualTo(400);
        assertThat(service.loginToken(RUN, name).body()).contains("The header Sandbox-Run must be 1 to 64 characters");
    }

    @Test
    void runsHaveDataOfTheirOwn() {
        HttpResponse<String> token = service.loginToken(RUN, "one");
        assertThat(redeem(token, RUN, "one").statusCode()).isEqualTo(200);
        assertThat(redeem(token, RUN, "one").body()).contains("ER712");
        assertThat(redeem(token, RUN, "two").body()).contains("ER710");
        assertThat(redeem(token).body()).contains("ER710");
        assertThat(service.control("POST", "/reset", RUN, "one").statusCode()).isEqualTo(204);
        assertThat(redeem(service.loginToken(RUN, "one"), RUN, "one").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aDeletedRunBeginsAnew() {
        String identifier = "new00000000000000000000000000000000000000";
        Map<String, String> registration = Map.of("identifier", identifier, "returnUrl", "https://app.example.com/x");
        String[] headers = {RUN, "three", "X-Api-Key", "sandbox-api-key"};
        assertThat(service.post("/api/v1/user/register-identifier", registration, headers)
                        .statusCode())
                .isEqualTo(200);
        String[] asked = {RUN, "three", "X-Api-Key", "sandbox-api-key", "User-Identifier", identifier};
        assertThat(service.get(LOGIN_TOKEN, asked).body()).contains("ER705");
        assertThat(service.control("DELETE", "/run", RUN, "three").statusCode()).isEqualTo(204);
        assertThat(service.get(LOGIN_TOKEN, asked).body()).contains("ER706");
    }
}

package dev.logintoken.server.service;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Health, release and metrics, as an operator's tools read them. */
final class MonitoringTest {

    private static final String KEY = "HwJ-J3zezptI_xF6ql0IoyM8cRdMV09yhMeZ-1NTrgo";

    private final TestService service = TestService.sandbox();

    @Test
    void aServiceThatAnswersIsLiveAndReady() {
        assertThat(service.get("/health/live").body()).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
        HttpResponse<String> ready = service.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body())
                .isEqualTo("{\"status\":\"UP\",\"checks\":[{\"name\":\"database\",\"status\":\"UP\"},"
                        + "{\"name\":\"keys\",\"status\":\"UP\"}]}");
    }

    @Test
    void aServiceWithoutItsDatabaseIsLiveAndNotReady() {
        service.state("the database does not answer", TestService.JSON.missingNode());
        HttpResponse<String> live = service.get("/health/live");
        HttpResponse<String> ready = service.get("/health/ready");
        service.tearDown("the database does not answer");
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body())
                .contains("\"status\":\"DOWN\",\"checks\":[{\"name\":\"database\",\"status\":\"DOWN\"}");
    }

    @Test
    void theReleaseIsNamed() {
        var info = TestService.json(service.get("/info"));
        assertThat(info.at("/build/name").asText()).isEqualTo("login-token");
        assertThat(info.at("/build/version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(info.at("/git/commit/id").asText()).isNotEmpty();
        assertThat(metrics())
                .contains(
                        "logintoken_build_info{",
                        "version=\"" + info.at("/build/version").asText());
    }

    @Test
    void eachOutcomeIsCountedAndEachRequestTimed() {
        double refused = value("logintoken_requests_total{operation=\"getSystemInfo\",outcome=\"ER805\"}");
        double timed = value("logintoken_request_duration_seconds_count{operation=\"getSystemInfo\"}");
        service.get("/api/v1/system/info", "X-Api-Key", "nobody's");
        service.get("/api/v1/system/info", "X-Api-Key", "nobody's");
        assertThat(value("logintoken_requests_total{operation=\"getSystemInfo\",outcome=\"ER805\"}"))
                .isEqualTo(refused + 2);
        assertThat(value("logintoken_request_duration_seconds_count{operation=\"getSystemInfo\"}"))
                .isEqualTo(timed + 2);
        assertThat(metrics())
                .contains("le=\"0.001\"", "le=\"5.0\"", "hikaricp_connections", "jvm_memory", "jvm_threads", "jvm_gc");
    }

    @Test
    void productionHasKeysOfItsOwnAndNoProviderStates() {
        try (TestService production = TestService.start(Map.of(
                "logintoken.sandbox", "false",
                "logintoken.keys.master", KEY,
                "logintoken.website.base-url", "https://www.example.com"))) {
            assertThat(production.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(production.get("/_pact/provider-states").statusCode()).isEqualTo(404);
            assertThat(production.get("/en-gb/dashboard").statusCode()).isEqualTo(404);
            assertThat(production.get("/docs").body()).contains("id=\"ER700\"").doesNotContain("data-copy", "sandbox");
            assertThat(production.get("/").body()).doesNotContain("sandbox");
            assertThat(production
                            .get("/api/v1/system/info", "X-Api-Key", "sandbox-api-key")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    private String metrics() {
        return service.get("/metrics").body();
    }

    private double value(String name) {
        Matcher value =
                Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(metrics());
        return value.find() ? Double.parseDouble(value.group(1)) : 0;
    }
}

package dev.logintoken.contract.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators see: health, metrics, and a line for each exchange. */
final class MonitoringIT {

    @RegisterExtension
    private static final SandboxExtension SANDBOX = new SandboxExtension("-Dlogintoken.log.json=true");

    private static final String PARTNER = "17734652-64f8-399e-80d3-6f80175c6d0d";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void readinessTurnsRedWithTheDatabaseAndGreenAgain() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        SANDBOX.states().setUp("the database does not answer");
        HttpResponse<String> red = get("/health/ready");
        assertThat(red.statusCode()).isEqualTo(503);
        assertThat(red.body())
                .isEqualTo("{\"status\":\"DOWN\",\"checks\":[{\"name\":\"database\",\"status\":\"DOWN\"},"
                        + "{\"name\":\"keys\",\"status\":\"UP\"}]}");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        SANDBOX.states().tearDown();
        HttpResponse<String> green = get("/health/ready");
        assertThat(green.statusCode()).isEqualTo(200);
        assertThat(green.body())
                .isEqualTo("{\"status\":\"UP\",\"checks\":[{\"name\":\"database\",\"status\":\"UP\"},"
                        + "{\"name\":\"keys\",\"status\":\"UP\"}]}");
    }

    @Test
    void requestsAreCountedByOperationAndOutcome() throws Exception {
        double issued = counted("getLoginToken", "OK");
        double withoutToken = counted("getLoginToken", "ER802");
        double withoutKey = counted("getLoginToken", "ER806");
        getLoginToken("X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", Api.ACTIVE_IDENTIFIER);
        getLoginToken("User-Identifier", Api.ACTIVE_IDENTIFIER);
        assertThat(counted("getLoginToken", "OK")).isEqualTo(issued + 1);
        assertThat(counted("getLoginToken", "ER802")).isEqualTo(withoutToken + 1);
        assertThat(counted("getLoginToken", "ER806")).isEqualTo(withoutKey + 1);
        assertThat(metrics())
                .contains("logintoken_request_duration_seconds_bucket{operation=\"getLoginToken\",le=\"0.001\"}")
                .contains("hikaricp_connections_active{pool=\"login-token\"}")
                .contains("jvm_memory_used_bytes");
    }

    /** Else a stranger could fill the memory with labels, or read others' secrets. */
    @Test
    void whatACallerSendsIsNoLabel() throws Exception {
        getLoginToken("X-Api-Key", "an-api-key-of-a-stranger", "User-Identifier", Api.ACTIVE_IDENTIFIER);
        get("/a/path/of/a/stranger");
        assertThat(metrics()).doesNotContain("stranger", Api.ACTIVE_IDENTIFIER, PARTNER);
    }

    @Test
    void everyExchangeHasALine() throws Exception {
        HttpResponse<String> answer = getLoginToken(
                "X-Api-Key",
                Api.PARTNERS_KEY,
                "User-Identifier",
                "short",
                "traceparent",
                "00-" + TRACE + "-b7ad6b7169203331-01");
        JsonNode line = line(answer.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(line.at("/trace").asText()).isEqualTo(TRACE);
        assertThat(line.at("/partner").asText()).isEqualTo(PARTNER);
        assertThat(line.at("/operation").asText()).isEqualTo("getLoginToken");
        assertThat(line.at("/status").asInt()).isEqualTo(400);
        assertThat(line.at("/outcome").asText()).isEqualTo("ER707");
        assertThat(line.at("/micros").asLong()).isPositive();
    }

    @Test
    void aLineHasTheStatusOfTheAnswer() throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create(SANDBOX.service().url() + "/api/v1/user/login-token"))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(line(answer.headers().firstValue("X-Request-Id").orElseThrow())
                        .at("/status")
                        .asInt())
                .isEqualTo(204);
    }

    @Test
    void aLineNamesNobodyWhoWasNotAuthenticatedAndNoTraceThatIsNone() throws Exception {
        HttpResponse<String> answer = getLoginToken(
                "X-Api-Key",
                "nobodys-api-key",
                "User-Identifier",
                Api.ACTIVE_IDENTIFIER,
                "traceparent",
                "00-" + "0".repeat(32) + "-b7ad6b7169203331-01");
        JsonNode line = line(answer.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(line.fieldNames())
                .toIterable()
                .containsExactly("request", "operation", "status", "outcome", "micros");
    }

    private static JsonNode line(String requestId) throws InterruptedException {
        String line = SANDBOX.service().awaitLine("dev.logintoken.exchanges: ", requestId);
        return Spec.read(line.substring(line.indexOf('{')));
    }

    private static double counted(String operation, String outcome) throws Exception {
        String counter = "logintoken_requests_total{operation=\"" + operation + "\",outcome=\"" + outcome + "\"} ";
        return metrics()
                .lines()
                .filter(line -> line.startsWith(counter))
                .mapToDouble(line -> Double.parseDouble(line.substring(counter.length())))
                .findFirst()
                .orElse(0);
    }

    private static String metrics() throws Exception {
        return get("/metrics").body();
    }

    private static HttpResponse<String> getLoginToken(String... headers) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(SANDBOX.service().url() + "/api/v1/user/login-token"))
                        .headers(headers)
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(SANDBOX.service().url() + path))
                        .build(),
                BodyHandlers.ofString());
    }
}

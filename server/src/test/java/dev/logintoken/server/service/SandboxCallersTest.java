package dev.logintoken.server.service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may call a sandbox, and what its provider states answer. */
final class SandboxCallersTest {

    private static final String STATES = "/_pact/provider-states";

    private final TestService service = TestService.sandbox();

    @ParameterizedTest
    @CsvSource({
        "/docs, X-Forwarded-For, 10.0.0.1, 403",
        "/docs, X-Original-Forwarded-For, 10.0.0.1, 403",
        "/docs, CF-Connecting-IP, 10.0.0.1, 403",
        "/docs, True-Client-IP, 10.0.0.1, 403",
        "/docs, Forwarded, for=10.0.0.1, 403",
        "/docs, X-Real-Ip, 10.0.0.1, 403",
        "/docs, X-Other, 10.0.0.1, 200",
        "/_pact/provider-states, Sec-Fetch-Site, cross-site, 403",
        "/_pact/provider-states, Sec-Fetch-Site, same-origin, 200",
        "/_pact/provider-states, Sec-Fetch-Site, none, 200",
        "/_pact/provider-states, Origin, https://evil.example, 403",
        "/_sandbox/clock, Origin, https://evil.example, 403",
        "/_sandbox/journal, Sec-Fetch-Site, same-site, 403",
        "/docs, Origin, https://evil.example, 200",
    })
    void aRequestThatAProxyOrAnotherSiteSendsIsRefused(String path, String header, String value, int status) {
        assertThat(service.get(path, header, value).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "app.localhost, 200",
        "LOCALHOST, 200",
        "127.0.0.1, 200",
        "[::1], 200",
        "192.168.1.5, 403",
        "127.0.0.1.evil.example, 403",
        "notlocalhost, 403",
    })
    void theHostIsThisMachine(String host, int status) throws IOException {
        assertThat(statusLine(service, "/health/live", host)).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void aRemoteSandboxAnswersToAddressesAndToItsHosts() throws IOException {
        try (TestService remote = TestService.start(Map.of(
                "logintoken.sandbox",
                "true",
                "logintoken.sandbox.remote",
                "true",
                "logintoken.sandbox.hosts",
                "box.example"))) {
            assertThat(remote.get("/docs", "X-Forwarded-For", "10.0.0.1").statusCode())
                    .isEqualTo(200);
            assertThat(statusLine(remote, "/health/live", "192.168.1.5")).startsWith("HTTP/1.1 200");
            assertThat(statusLine(remote, "/health/live", "Box.example")).startsWith("HTTP/1.1 200");
            assertThat(statusLine(remote, "/health/live", "box.example.evil")).startsWith("HTTP/1.1 403");
        }
    }

    private static String statusLine(TestService service, String path, String host) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), service.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theStatesAreListed() {
        assertThat(TestService.json(service.get(STATES)).path("states"))
                .extracting(state -> state.asText())
                .contains("a deleted user", "an API key", "the purge has run", "the clock is ahead")
                .isSorted();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"state\":\"a delted user\"} | There is no provider state 'a delted user'. The nearest is 'a deleted user'.",
                "{\"state\":\"a deleted user\",\"action\":\"start\"} | There is no action 'start'. The actions are 'setup' and 'teardown'.",
                "{\"states\":[\"a\",\"b\"]} | Provider states come one at a time: send the name as 'state' instead of a list 'states'.",
                "{\"state\":1} | The field 'state' must be a text, not 1.",
                "{\"state\":\"a deleted user\",\"params\":[]} | The field 'params' must be an object, not [].",
                "nonsense | The body must be a JSON object with 'state', 'params' and 'action'.",
            })
    void aChangeThatIsWrongIsRefusedInOneLine(String body, String line) {
        HttpResponse<String> answer = service.send("POST", STATES, Map.of("Content-Type", "application/json"), body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestService.json(answer).path("error").asText()).isEqualTo(line);
        assertThat(TestService.json(answer).path("states")).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource({
        "?state=an+API+key&action=SetUp, 200, apiKey",
        "?state=an+API+key&action=TEARDOWN, 200, ''",
        "?state=, 200, ''",
        "?state=the+clock+is+ahead&seconds=0, 200, ''",
        "?state=the+clock+is+ahead&seconds=soon, 400, seconds",
        "?state=the+clock+is+ahead, 400, seconds",
        "?state=a&state=b, 400, 2 times",
        "'', 400, No provider state is named",
    })
    void aChangeMayBeAQuery(String query, int status, String text) {
        HttpResponse<String> answer = service.send("POST", STATES + query, Map.of(), "");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(text);
    }

    /** A change on a connection that the service closes at the same time would be lost, and no client repeats it. */
    @ParameterizedTest
    @CsvSource({"a deleted user, 200", "a delted user, 400"})
    void noConnectionWaitsForTheNextChange(String state, int status) {
        Map<String, String> json = Map.of("Content-Type", "application/json");
        HttpResponse<String> answer = service.send("POST", STATES, json, "{\"state\":\"" + state + "\"}");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues("Connection")).containsExactly("close");
        service.tearDown("a deleted user");
    }

    @Test
    void aRefusalCanBeShownWhereTheNextAnswerIsExpected() {
        Map<String, String> json = Map.of("Content-Type", "application/json");
        String url = STATES + "?refusals=in-answers";
        HttpResponse<String> refused = service.send("POST", url, json, "{\"state\":\"a delted user\"}");
        assertThat(refused.statusCode()).isEqualTo(200);
        HttpResponse<String> next = service.get("/api/v1/system/info", "X-Api-Key", "sandbox-api-key");
        assertThat(next.body()).contains("The nearest is 'a deleted user'.");
        service.send("POST", url, json, "{\"state\":\"a delted user\",\"action\":\"teardown\"}");
        assertThat(service.get("/api/v1/system/info", "X-Api-Key", "sandbox-api-key")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatAStateMadeIsGoneAfterItsTeardown() {
        String key = service.state("an API key", TestService.JSON.missingNode()).getOrDefault("apiKey", "");
        assertThat(service.get("/api/v1/system/info", "X-Api-Key", key).statusCode())
                .isEqualTo(200);
        service.tearDown("an API key");
        assertThat(service.get("/api/v1/system/info", "X-Api-Key", key).statusCode())
                .isEqualTo(400);
    }
}

package dev.logintoken.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A test can give the answers of its run trouble, and read in the journal what its run received. */
final class TroubleTest {

    private static final String LOGIN_TOKEN = "/api/v1/user/login-token";

    private final TestService service = TestService.sandbox();

    @AfterEach
    void reset() {
        assertThat(service.control("POST", "/reset").statusCode()).isEqualTo(204);
    }

    private JsonNode trouble(String query) {
        HttpResponse<String> answer = service.control("PUT", "/trouble?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestService.json(answer);
    }

    private JsonNode journal(String query) {
        return TestService.json(service.control("GET", "/journal?" + query)).get("requests");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delayMillis=300", "delayMillis=300&maxDelayMillis=400"})
    void anAnswerDoesNotComeBeforeItsDelay(String query) {
        assertThat(trouble(query).get("delayMillis").asLong()).isEqualTo(300);
        long begin = System.nanoTime();
        assertThat(service.loginToken().statusCode()).isEqualTo(200);
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(300_000_000L);
    }

    /** In a container, whose API cannot close a connection before the headers. */
    @ParameterizedTest
    @CsvSource({"before, 0", "within, 116"})
    void aCutConnectionEndsWithinTheAnswer(String cut, int received) throws IOException {
        trouble("cut=" + cut);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), service.url().getPort())) {
            String request = "GET " + LOGIN_TOKEN + " HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: sandbox-api-key\r\n"
                    + "User-Identifier: unlinked00000000000000000000000000000000\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).contains("Content-Length: 232");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSize(received);
        }
        assertThat(service.control("DELETE", "/trouble").statusCode()).isEqualTo(200);
        assertThat(service.loginToken().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"database, 503", "service, 500"})
    void aFailureEndsWithItsTrouble(String failure, int status) {
        assertThat(trouble("failure=" + failure).get("failure").asText()).isEqualTo(failure);
        assertThat(service.loginToken().statusCode()).isEqualTo(status);
        assertThat(TestService.json(service.control("GET", "/trouble"))
                        .get("failure")
                        .asText())
                .isEqualTo(failure);
        trouble("delayMillis=1");
        assertThat(service.loginToken().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delayMillis=60001 | 'delayMillis' must be a whole number from 0 to 60000, not '60001'.",
                "delayMillis=-1 | 'delayMillis' must be a whole number from 0 to 60000, not '-1'.",
                "delayMillis=2&maxDelayMillis=1 | The parameter 'maxDelayMillis' must be at least 'delayMillis'.",
                "cut=after | The parameter 'cut' must be one of none, before, within, not 'after'.",
                "failure=disk | The parameter 'failure' must be one of none, database, service, not 'disk'.",
            })
    void aWrongParameterIsRefusedInOneLine(String query, String line) {
        HttpResponse<String> answer = service.control("PUT", "/trouble?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestService.json(answer).get("error").asText()).contains(line);
    }

    @Test
    void theJournalIsSearchedByOperationCodeAndRequestId() {
        service.control("DELETE", "/journal");
        service.loginToken();
        HttpResponse<String> refused = service.get(LOGIN_TOKEN);
        service.get("/api/v1/system/info", "X-Api-Key", "sandbox-api-key");
        service.get("/api/v1/nothing");
        service.get("/openapi.yaml");
        assertThat(journal("")).hasSize(4);
        assertThat(journal("").get(0).get("path").asText()).isEqualTo("/api/v1/nothing");
        assertThat(journal("operation=getLoginToken")).hasSize(2);
        assertThat(journal("code=404")).hasSize(1);
        assertThat(journal("code=ER802")).hasSize(1);
        JsonNode found = journal(
                "requestId=" + refused.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("answer").asText()).isEqualTo(refused.body());
        assertThat(found.get(0).get("operation").asText()).isEqualTo("getLoginToken");
        assertThat(service.control("DELETE", "/journal").statusCode()).isEqualTo(204);
        assertThat(journal("")).isEmpty();
    }

    @Test
    void theJournalMasksSecrets() {
        HttpResponse<String> login = service.post(
                "/api/v1/user/login",
                Map.of("emailAddress", "active@example.com", "password", "active-password"),
                "X-Api-Key",
                "sandbox-api-key",
                "Cookie",
                "a=secret-cookie");
        String token = TestService.json(login).get("token").asText();
        String refreshToken = TestService.json(login).get("refreshToken").asText();
        HttpResponse<String> link =
                service.get(LOGIN_TOKEN, "X-Api-Key", "sandbox-api-key", "User-Authorization", "Bearer " + token);
        service.send(
                "POST",
                "/api/v1/authenticate",
                Map.of("Content-Type", "application/json"),
                "{\"username\":\"sandbox\",\"password\":\"cut-off-secr");
        String journal = service.control("GET", "/journal").body();
        assertThat(journal)
                .contains("active@example.com", "(masked)", "Bearer (masked)")
                .doesNotContain("active-password", "sandbox-api-key", "secret-cookie", "cut-off")
                .doesNotContain(token, refreshToken)
                .doesNotContain(TestService.json(link).get("token").asText());
    }

    @Test
    void theJournalIsBounded() {
        for (int i = 0; i < 201; i++) {
            service.get("/api/v1/nothing?" + i);
        }
        assertThat(journal("")).hasSize(200);
        assertThat(journal("").get(199).get("path").asText()).isEqualTo("/api/v1/nothing?1");
    }
}

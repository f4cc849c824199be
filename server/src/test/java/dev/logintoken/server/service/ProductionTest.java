package dev.logintoken.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Production answers none of the requests by which a test controls a sandbox. */
final class ProductionTest {

    private static final TestService PRODUCTION = TestService.start(Map.of(
            "logintoken.sandbox", "false",
            "logintoken.sandbox.origins", "http://localhost:5173",
            "logintoken.keys.master", "uXz-TXIsLeJ9p1BBU4nRbOPvY0Ry42QO6tqZ0-8xYVw",
            "logintoken.website.base-url", "https://www.example.com"));

    @AfterAll
    static void close() {
        PRODUCTION.close();
    }

    @TestFactory
    List<DynamicTest> noRequestOfTheSandboxIsAnswered() throws IOException {
        List<String[]> requests = new ArrayList<>(List.of(
                new String[] {"GET", "/_sandbox"},
                new String[] {"GET", "/_sandbox/openapi.yaml"},
                new String[] {"GET", "/_pact/provider-states"},
                new String[] {"POST", "/_pact/provider-states"},
                new String[] {"GET", "/docs/sandbox"},
                new String[] {"GET", "/journal"},
                new String[] {"GET", "/assets/journal.js"},
                new String[] {"GET", "/assets/journal.css"}));
        try (InputStream spec = ProductionTest.class.getResourceAsStream("/META-INF/login-token/sandbox.yaml")) {
            JsonNode paths = new YAMLMapper().readTree(spec).get("paths");
            assertThat(paths).isNotEmpty();
            paths.properties()
                    .forEach(path -> path.getValue()
                            .fieldNames()
                            .forEachRemaining(method ->
                                    requests.add(new String[] {method.toUpperCase(Locale.ROOT), path.getKey()})));
        }
        HttpResponse<String> ordinary = PRODUCTION.get("/_nothing");
        assertThat(ordinary.statusCode()).isEqualTo(404);
        return requests.stream()
                .map(request -> DynamicTest.dynamicTest(request[0] + " " + request[1], () -> {
                    HttpResponse<String> answer =
                            PRODUCTION.send(request[0], request[1], Map.of("Sandbox-Run", "any"), "");
                    assertThat(answer.statusCode()).isEqualTo(404);
                    assertThat(answer.body()).isEqualTo(ordinary.body());
                }))
                .toList();
    }

    @Test
    void noBrowserAppOfAnotherOriginReadsAnAnswer() {
        for (String method : List.of("GET", "OPTIONS")) {
            Map<String, String> headers =
                    Map.of("Origin", "http://localhost:5173", "Access-Control-Request-Method", "GET");
            assertThat(PRODUCTION
                            .send(method, "/api/v1/user/login-token", headers, "")
                            .headers()
                            .map())
                    .doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void aMistypedAddressIsAPageInABrowserOnly() {
        HttpResponse<String> page = PRODUCTION.get("/dcos", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(page.body()).contains("There is no such page", "dcos leads nowhere");
        for (String accept : List.of("*/*", "application/json", "text/*", "garbage")) {
            assertThat(PRODUCTION.get("/dcos", "Accept", accept).body()).contains("ER999");
        }
        assertThat(PRODUCTION.get("/api/v1/dcos", "Accept", "text/html").body()).doesNotContain("<html");
    }

    @Test
    void theCustomaryNameOfTheIconIsAnswered() {
        HttpResponse<String> icon = PRODUCTION.get("/favicon.ico");
        assertThat(icon.statusCode()).isEqualTo(200);
        assertThat(icon.headers().firstValue("Content-Type")).contains("image/svg+xml");
    }
}

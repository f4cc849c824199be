package dev.logintoken.server.service;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** What HTTP itself asks of the service: statuses outside the contract, headers, conditions, bodies and the access log. */
final class EdgeTest {

    private static final String LOGIN_TOKEN = "/api/v1/user/login-token";
    private static final String INFO = "/api/v1/system/info";
    private static final String[] PARTNER = {"X-Api-Key", "sandbox-api-key"};
    private static final Logger ACCESS = Logger.getLogger("dev.logintoken.exchanges");

    private final TestService service = TestService.sandbox();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new StreamHandler() {
        @Override
        public synchronized void publish(LogRecord entry) {
            lines.add(entry.getMessage());
        }
    };

    @BeforeEach
    void listen() {
        ACCESS.setLevel(Level.INFO);
        ACCESS.setUseParentHandlers(false);
        ACCESS.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        ACCESS.removeHandler(handler);
        ACCESS.setUseParentHandlers(true);
        ACCESS.setLevel(Level.WARNING);
    }

    @ParameterizedTest
    @CsvSource({"application/json;q=0, 406", "application/json;q=0.1, 200", "'*/*;q=0, application/json', 200"})
    void aQualityOfZeroRefusesJson(String accept, int status) {
        assertThat(service.loginToken("Accept", accept).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1, '', '', 404",
        "GET, /application.wadl, '', '', 404",
        "GET, /API/V1/USER/LOGIN-TOKEN, Accept, text/html, 404",
        "POST, /api/v1/user/login-token, '', '', 405",
        "TRACE, /api/v1/user/login-token, '', '', 405",
        "GET, /api/v1/user/login-token, Accept, text/html, 406",
        "GET, /api/v1/user/login-token, Accept, garbage, 406",
        "POST, /api/v1/authenticate, Content-Type, application/xml, 415",
        "POST, /api/v1/authenticate, Content-Type, application/json;charset=nonsense, 415",
        "POST, /api/v1/authenticate, Content-Type, a/b/c, 415",
        "POST, /api/v1/authenticate, Content-Type, application/*, 415",
        "POST, /api/v1/authenticate, Content-Encoding, gzip, 415",
    })
    void whatLiesOutsideTheContractGetsTheGeneralErrorAndALine(
            String method, String path, String header, String value, int status) {
        Map<String, String> headers = new TreeMap<>(Map.of("X-Request-Id", "order-4711"));
        if (method.equals("POST")) {
            headers.put("Content-Type", "application/json");
        }
        if (!header.isEmpty()) {
            headers.put(header, value);
        }
        HttpResponse<String> answer = service.send(method, path, headers, method.equals("POST") ? "{}" : "");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(TestService.json(answer).path("errors").size()).isEqualTo(1);
        assertThat(TestService.json(answer).at("/errors/ER999/code").asText()).isEqualTo("ER999");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("order-4711");
        if (status == 405) {
            assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
        }
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .matches("request=order-4711 operation=" + (header.equals("Content-Encoding") ? "authenticate" : "none")
                        + " status=" + status + " outcome=ER999 micros=\\d+");
    }

    @Test
    void aLineNamesCallerOperationTraceAndResult() {
        service.get(
                LOGIN_TOKEN,
                "X-Api-Key",
                "sandbox-api-key",
                "User-Identifier",
                "short",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        service.get(LOGIN_TOKEN, "traceparent", "00-00000000000000000000000000000000-b7ad6b7169203331-01");
        service.get(INFO, PARTNER);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .matches("request=\\S+ trace=0af7651916cd43dd8448eb211c80319c partner=[0-9a-f-]{36}"
                        + " operation=getLoginToken status=400 outcome=ER707 micros=\\d+");
        assertThat(lines.get(1))
                .matches("request=\\S+ operation=getLoginToken status=400 outcome=ER802,ER806 micros=\\d+");
        assertThat(lines.get(2)).contains(" operation=getSystemInfo status=200 outcome=OK ");
    }

    @Test
    void aLineCanBeJson() {
        try (TestService other =
                TestService.start(Map.of("logintoken.sandbox", "true", "logintoken.log.json", "true"))) {
            lines.clear();
            other.get(LOGIN_TOKEN, "X-Request-Id", "order-4711");
            assertThat(lines)
                    .singleElement()
                    .asString()
                    .matches("\\{\"request\":\"order-4711\",\"operation\":\"getLoginToken\","
                            + "\"status\":400,\"outcome\":\"ER802,ER806\",\"micros\":\\d+}");
        }
    }

    @Test
    void optionsTellsTheMethodsAndNothingElse() {
        HttpResponse<String> answer = service.send("OPTIONS", LOGIN_TOKEN, Map.of(), "");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
        assertThat(answer.headers().firstValue("Allow").orElse("").split(", ?")).contains("GET", "HEAD", "OPTIONS");
        assertThat(lines).singleElement().asString().contains("status=204 outcome=OK");
    }

    @Test
    void headHasTheStatusOfGet() {
        assertThat(service.send("HEAD", INFO, Map.of("X-Api-Key", "sandbox-api-key"), "")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = service.send("HEAD", INFO, Map.of("X-Api-Key", "nobody's"), "");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).isEmpty();
    }

    @Test
    void aRequestIdThatCouldDoHarmIsReplaced() {
        assertThat(service.get(LOGIN_TOKEN, "X-Request-Id", "with space")
                        .headers()
                        .allValues("X-Request-Id"))
                .singleElement()
                .asString()
                .matches("[0-9a-f-]{36}");
    }

    @Test
    void theSystemInformationHasATagThatSavesTheNextAnswer() {
        HttpResponse<String> first = service.get(INFO, PARTNER);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(tag).matches("\"[A-Za-z0-9_-]{16}\"");
        assertThat(first.headers().firstValue("Cache-Control")).contains("private, max-age=300");
        assertThat(first.headers().firstValue("Vary")).contains("Authorization, X-Api-Key");
        HttpResponse<String> same = service.get(INFO, "X-Api-Key", "sandbox-api-key", "If-None-Match", tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("Content-Type")).isEmpty();
        assertThat(same.headers().firstValue("ETag")).contains(tag);
        assertThat(service.get(INFO, "X-Api-Key", "sandbox-api-key", "If-None-Match", "\"x\"")
                        .body())
                .isEqualTo(first.body());
        try (TestService other = TestService.start(
                Map.of("logintoken.sandbox", "true", "logintoken.website.base-url", "https://other.example.com/"))) {
            HttpResponse<String> otherInfo = other.get(INFO, PARTNER);
            assertThat(otherInfo.headers().firstValue("ETag"))
                    .isPresent()
                    .isNotEqualTo(first.headers().firstValue("ETag"));
            assertThat(TestService.json(otherInfo).at("/urls/faq/en-gb").asText())
                    .isEqualTo("https://other.example.com/en-gb/faq");
        }
    }

    @Test
    void theSystemInformationHasEachPageInEachRegion() {
        var info = TestService.json(service.get(INFO, PARTNER));
        Map<String, String> pages = new TreeMap<>(Map.of(
                "/urls/support", "support",
                "/urls/faq", "faq",
                "/urls/forgotPassword", "forgot-password",
                "/privateUrls/continueRegistration", "continue-registration",
                "/privateUrls/upgradeAccount", "upgrade-account",
                "/privateUrls/contactSupport", "contact-support",
                "/privateUrls/verifyBankAccount", "verify-bank-account"));
        pages.forEach((pointer, page) -> {
            assertThat(info.at(pointer).size())
                    .isEqualTo(info.path("supportedRegions").size())
                    .isGreaterThan(10);
            info.path("supportedRegions")
                    .forEach(region -> assertThat(
                                    info.at(pointer).path(region.asText()).asText())
                            .isEqualTo("https://www.example.com/" + region.asText() + "/" + page));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 400 | ER900",
                "[] | 400 | ER900",
                "null | 400 | ER900",
                "{\"username\":\"a\",\"password\":1} | 400 | ER900",
                "{\"username\":\"a\",\"password\":true} | 400 | ER900",
                "{} x | 400 | ER900",
                "{\"more\":1} | 400 | ER810",
                "{} | 400 | ER810",
            })
    void aBodyIsAJsonObjectOfTexts(String body, int status, String code) {
        HttpResponse<String> answer =
                service.send("POST", "/api/v1/authenticate", Map.of("Content-Type", "text/plain"), body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(TestService.json(answer).path("errors").fieldNames())
                .toIterable()
                .containsExactly(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8"})
    void aBodyMayHave16Kibibytes(String type) {
        String largest = "{}" + " ".repeat(16 * 1024 - 2);
        Map<String, String> headers = Map.of("Content-Type", type, "Content-Encoding", "identity");
        HttpResponse<String> read = service.send("POST", "/api/v1/authenticate", headers, largest);
        assertThat(TestService.json(read).at("/errors/ER810").isObject()).isTrue();
        HttpResponse<String> refused = service.send("POST", "/api/v1/authenticate", headers, largest + " ");
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(TestService.json(refused).at("/errors/ER901").isObject()).isTrue();
    }

    @Test
    void theSpecIsServedInBothFormats() {
        HttpResponse<String> yaml = service.get("/openapi.yaml");
        assertThat(yaml.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(yaml.body()).startsWith("openapi: 3.0");
        HttpResponse<String> json = service.get("/openapi.json");
        assertThat(json.headers().firstValue("Cache-Control").orElse("")).contains("no-cache");
        assertThat(TestService.json(json)
                        .at("/paths/~1api~1v1~1user~1login-token/get/operationId")
                        .asText())
                .isEqualTo("getLoginToken");
    }
}

package dev.logintoken.server.service;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** A browser app of another origin may call a sandbox if a setting names its origin. */
final class OtherOriginsTest {

    private static final String APP = "http://localhost:5173";
    private static final String LOGIN_TOKEN = "/api/v1/user/login-token";

    private static final TestService ALLOWING =
            TestService.start(Map.of("logintoken.sandbox", "true", "logintoken.sandbox.origins", APP));

    @AfterAll
    static void close() {
        ALLOWING.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/user/login-token",
        "POST, /api/v1/user/login",
        "PUT, /_sandbox/clock",
        "POST, /_pact/provider-states",
    })
    void itsBrowserMaySendARequest(String method, String path) {
        HttpResponse<String> answer = preflight(ALLOWING, method, path, APP);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(allowed(answer)).containsExactly(APP);
        assertThat(answer.headers().allValues("Access-Control-Allow-Methods")).containsExactly(method);
        assertThat(answer.headers().allValues("Access-Control-Allow-Headers"))
                .containsExactly("user-identifier,x-api-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {LOGIN_TOKEN, "/api/v1/nothing", "/_sandbox/clock"})
    void itReadsEachAnswer(String path) {
        HttpResponse<String> answer = ALLOWING.get(path, "Origin", APP, "Sec-Fetch-Site", "cross-site");
        assertThat(answer.statusCode()).isNotEqualTo(403);
        assertThat(allowed(answer)).containsExactly(APP);
        assertThat(answer.headers().allValues("Access-Control-Expose-Headers")).containsExactly("*");
        assertThat(answer.headers().allValues("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(String.join(", ", answer.headers().allValues("Vary"))).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:5174", "https://localhost:5173", "null", "http://localhost:5173.evil.test"})
    void anotherOriginMayNot(String origin) {
        assertThat(allowed(preflight(ALLOWING, "GET", LOGIN_TOKEN, origin))).isEmpty();
        assertThat(allowed(ALLOWING.get(LOGIN_TOKEN, "Origin", origin))).isEmpty();
        assertThat(ALLOWING.get("/_sandbox/clock", "Origin", origin).statusCode())
                .isEqualTo(403);
    }

    @Test
    void noOriginMayWithoutTheSetting() {
        TestService usual = TestService.sandbox();
        assertThat(allowed(preflight(usual, "GET", LOGIN_TOKEN, APP))).isEmpty();
        assertThat(allowed(usual.get(LOGIN_TOKEN, "Origin", APP))).isEmpty();
        assertThat(String.join(", ", usual.get(LOGIN_TOKEN).headers().allValues("Vary")))
                .doesNotContain("Origin");
    }

    private static HttpResponse<String> preflight(TestService service, String method, String path, String origin) {
        Map<String, String> headers = new TreeMap<>(TestService.map(
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                "user-identifier,x-api-key"));
        return service.send("OPTIONS", path, headers, "");
    }

    private static List<String> allowed(HttpResponse<String> answer) {
        return answer.headers().allValues("Access-Control-Allow-Origin");
    }
}

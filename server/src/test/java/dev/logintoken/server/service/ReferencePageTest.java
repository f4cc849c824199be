package dev.logintoken.server.service;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** The API reference as a page. */
final class ReferencePageTest {

    private final TestService service = TestService.sandbox();

    @Test
    void itShowsOperationsHeadersErrorsAndSamples() {
        HttpResponse<String> page = service.get("/docs");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        String url = service.url().toString().replaceFirst("/$", "");
        assertThat(page.body())
                .contains(
                        "data-operation=\"getLoginToken\"",
                        "<p class=\"fields\">getLoginToken: ",
                        "<dt><code>X-Request-Id</code></dt>",
                        "<tbody id=\"ER705\">",
                        "<summary>Samples</summary>",
                        "<code class=\"curl\" tabindex=\"0\">curl ",
                        url + "/api/v1/user/login-token",
                        "data-api-key=\"sandbox-api-key\"")
                .doesNotContain("{url}");
    }

    @Test
    void theSandboxsReferenceHasItsOwnSpec() {
        assertThat(service.get("/docs/sandbox").body())
                .contains("data-spec=\"_sandbox/openapi.yaml\"")
                .doesNotContain("ER705");
    }
}

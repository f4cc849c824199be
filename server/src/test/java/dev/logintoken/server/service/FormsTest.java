package dev.logintoken.server.service;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What another site, another browser or an old cookie cannot do on the website: its forms and its logout. */
final class FormsTest {

    private static final String LOGIN = "/en-gb/link/login";
    private static final String AGREE = "/en-gb/link";
    private static final String LOGOUT = "/en-gb/logout";
    private static final String DASHBOARD = "/en-gb/dashboard";
    private static final String ACTIVE = "a•••@example.com";
    private static final String[] PASSWORD = {"email", "active@example.com", "password", "active-password"};

    private final TestService service = TestService.sandbox();
    private final Browser browser = new Browser(service);
    private String link = "";

    @BeforeEach
    void aPartnerAsksForALink() {
        link = service.link(UUID.randomUUID().toString().replace("-", "") + "form", "https://app.example.com/linked");
    }

    /** The headers that a browser sends with a form of another site; the form's own value is known to nobody else. */
    @ParameterizedTest
    @CsvSource({
        LOGIN + ", https://evil.example, cross-site",
        LOGIN + ", null, cross-site",
        AGREE + ", https://evil.example, cross-site",
        AGREE + ", null, none",
        LOGOUT + ", https://evil.example, cross-site",
        LOGOUT + ", null, same-site",
    })
    void noFormIsAcceptedFromAnotherSite(String action, String origin, String site) {
        HttpResponse<String> page = page(action);
        Map<String, String> headers = new TreeMap<>(browser.headers());
        headers.put("Origin", origin);
        headers.put("Sec-Fetch-Site", site);
        assertRefused(action, browser.submit(page, action, headers, PASSWORD));
    }

    @ParameterizedTest
    @CsvSource({LOGIN, AGREE, LOGOUT})
    void noFormIsAcceptedWithoutItsOwnValue(String action) {
        assertRefused(action, browser.submit(page(action), action, "form", "guessed", "email", "", "password", ""));
    }

    private HttpResponse<String> page(String action) {
        HttpResponse<String> login = browser.open(link);
        if (action.equals(LOGIN)) {
            return login;
        }
        assertThat(browser.submit(login, LOGIN, PASSWORD).statusCode()).isEqualTo(303);
        return browser.open(link);
    }

    /** Nothing has happened: nobody was logged in or out, and the page still asks for a consent. */
    private void assertRefused(String action, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("verifier=");
        String dashboard = browser.open(DASHBOARD).body();
        assertThat(dashboard.contains(ACTIVE)).isEqualTo(!action.equals(LOGIN));
    }

    @Test
    void theRequestOfAPartnerThatWasDisabledIsRefused() {
        service.execute("update partner set disabled_at = current_timestamp where username = 'sandbox'");
        HttpResponse<String> refused = browser.open(link);
        service.execute("update partner set disabled_at = null where username = 'sandbox'");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(browser.open(link).statusCode()).isEqualTo(200);
    }

    @Test
    void aCookieFromBeforeALogoutLogsNobodyIn() {
        HttpResponse<String> page = page(LOGOUT);
        Map<String, String> old = browser.headers();
        assertThat(service.send("GET", DASHBOARD, old, "").body()).contains(ACTIVE);
        assertThat(browser.submit(page, LOGOUT).statusCode()).isEqualTo(303);
        assertThat(service.send("GET", DASHBOARD, old, "").body()).doesNotContain(ACTIVE);
    }

    @Test
    void aCookieFromBeforeAnotherLoginLogsNobodyIn() {
        HttpResponse<String> login = browser.open(link);
        browser.submit(login, LOGIN, PASSWORD);
        Map<String, String> old = browser.headers();
        browser.submit(login, LOGIN, "email", "other@example.com", "password", "other-password");
        assertThat(browser.open(DASHBOARD).body()).contains("o•••@example.com");
        assertThat(service.send("GET", DASHBOARD, old, "").body()).doesNotContain(ACTIVE);
    }

    @Test
    void noCookieOfTheWebsiteIsACredentialOfTheApi() {
        page(AGREE);
        assertThat(service.send("GET", "/api/v1/user/login-token", browser.headers(), "")
                        .statusCode())
                .isEqualTo(400);
        Map<String, String> partner = new TreeMap<>(browser.headers());
        partner.put("X-Api-Key", "sandbox-api-key");
        assertThat(TestService.json(service.send("GET", "/api/v1/user/login-token", partner, ""))
                        .at("/errors/ER700")
                        .isObject())
                .isTrue();
    }

    @Test
    void noPageWithAUserIsKeptByABrowserOrAProxy() {
        assertThat(List.of(page(LOGIN), page(AGREE), browser.open(DASHBOARD)))
                .extracting(page -> page.headers().allValues("Cache-Control"))
                .containsOnly(List.of("no-store"));
    }
}

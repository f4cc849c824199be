package dev.logintoken.server.service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The website's pages: a login by login token, its refusals, and the consent to a link. */
final class WebsiteTest {

    private static final String ACTIVE = "activeuser000000000000000000000000000000";
    private static final String OTHER = "otheruser0000000000000000000000000000000";
    private static final String PAGE = "/nl-nl/upgrade-account";
    private static final String RETURN_URL = "https://app.example.com/linked?a=b#top";
    private static final Pattern BACK = Pattern.compile("http-equiv=\"refresh\" content=\"0;url=([^\"]*)\"");
    private static final Pattern VERIFIER = Pattern.compile("[?&]verifier=([A-Za-z0-9_-]{32})(?=#|$)");

    private final TestService service = TestService.sandbox();
    private final Browser browser = new Browser(service);

    private String withToken(String page, String identifier) {
        var login = TestService.json(
                service.get("/api/v1/user/login-token", "X-Api-Key", "sandbox-api-key", "User-Identifier", identifier));
        return page + "?token=" + login.path("token").asText() + "&uuid="
                + login.path("uuid").asText();
    }

    @Test
    void thePageAsksAndItsFormLogsInOnce() {
        String url = withToken(PAGE, ACTIVE);
        HttpResponse<String> asked = browser.open(url);
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.body())
                .contains("<html lang=\"nl-NL\">", "a•••@example.com")
                .doesNotContain("instead-of");
        HttpResponse<String> loggedIn = browser.submit(asked, PAGE);
        assertThat(loggedIn.statusCode()).isEqualTo(303);
        assertThat(loggedIn.headers().firstValue("Location")).contains(service.url() + PAGE);
        assertThat(loggedIn.headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("__Host-login-token-")
                .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/");
        assertThat(browser.open(PAGE).body()).contains("a•••@example.com", "/nl-nl/logout");
        assertThat(browser.open(url).statusCode()).as("the same link again").isEqualTo(303);
        assertThat(browser.submit(asked, PAGE).statusCode())
                .as("the same form again")
                .isEqualTo(303);
        HttpResponse<String> stranger = new Browser(service).open(url);
        assertThat(stranger.statusCode()).as("the link in another browser").isEqualTo(410);
        assertThat(stranger.body()).contains("/nl-nl/support");
        assertThat(browser.submit(browser.open(PAGE), "/nl-nl/logout").statusCode())
                .isEqualTo(303);
        assertThat(browser.open(PAGE).body()).doesNotContain("a•••@example.com");
    }

    @Test
    void anotherUserIsReplacedOnlyAfterTheUserHasSeenIt() {
        HttpResponse<String> first = browser.open(withToken(PAGE, ACTIVE));
        HttpResponse<String> second = browser.open(withToken(PAGE, OTHER));
        browser.submit(first, PAGE);
        HttpResponse<String> warned = browser.submit(second, PAGE);
        assertThat(warned.statusCode()).isEqualTo(200);
        assertThat(warned.body()).contains("o•••@example.com", "a•••@example.com", "instead-of");
        assertThat(browser.open(PAGE).body()).contains("a•••@example.com");
        assertThat(browser.submit(warned, PAGE).statusCode()).isEqualTo(303);
        assertThat(browser.open(PAGE).body()).contains("o•••@example.com").doesNotContain("a•••@example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example, '', 403",
        "null, '', 403",
        "'', '', 403",
        "own, cross-site, 403",
        "own, same-site, 403",
        "null, none, 403",
        "null, same-origin, 303",
        "own, same-origin, 303",
        "own, '', 303",
    })
    void aFormIsAcceptedFromItsOwnPageOnly(String origin, String site, int status) {
        HttpResponse<String> asked = browser.open(withToken(PAGE, ACTIVE));
        Map<String, String> headers = new TreeMap<>(browser.headers());
        headers.put("Origin", origin.equals("own") ? service.url().toString() : origin);
        headers.put("Sec-Fetch-Site", site);
        headers.values().removeIf(String::isEmpty);
        assertThat(browser.submit(asked, PAGE, headers).statusCode()).isEqualTo(status);
    }

    @Test
    void aFormNeedsTheCookieOfItsBrowser() {
        HttpResponse<String> asked = browser.open(withToken(PAGE, ACTIVE));
        Browser other = new Browser(service);
        assertThat(other.submit(asked, PAGE).statusCode()).as("no cookie").isEqualTo(403);
        other.open(PAGE);
        assertThat(other.submit(asked, PAGE).statusCode()).as("another one").isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "support",
                "faq",
                "forgot-password",
                "continue-registration",
                "upgrade-account",
                "contact-support",
                "verify-bank-account",
                "dashboard"
            })
    void everyPageIsInTheLanguageOfItsRegionAndOffersTheOthers(String page) {
        HttpResponse<String> answer = browser.open("/fr-ch/" + page);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(answer.body()).contains("<html lang=\"fr-CH\">", "/nl-nl/" + page, "Deutsch", "Español");
    }

    @Test
    void aPageOutsideTheRegionsDoesNotExist() {
        HttpResponse<String> answer = browser.open("/xx-yy/dashboard");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void aFailureIsAPageInTheSameLanguage() {
        String url = withToken(PAGE, ACTIVE);
        service.state("the database does not answer", TestService.JSON.missingNode());
        HttpResponse<String> failed = browser.open(url);
        service.tearDown("the database does not answer");
        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(failed.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(failed.headers().firstValue("Retry-After")).contains("5");
        assertThat(failed.body())
                .contains(
                        "Er ging iets mis",
                        failed.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void theReferenceAndTheLandingPageAreThere() {
        String reference = browser.open("/docs").body();
        assertThat(reference)
                .contains(
                        "id=\"ER700\"",
                        "getLoginToken",
                        "curl -s -H &#39;X-Api-Key: sandbox-api-key&#39;",
                        service.url().toString());
        assertThat(browser.open("/").body()).contains("href=\"/docs\"", "sandbox-api-key", ACTIVE, "API reference");
        assertThat(browser.open("/app/linked?verifier=%22abc").body()).contains("&quot;abc", "sandbox-api-key");
        assertThat(browser.open("/app/linked").body())
                .isNotEqualTo(browser.open("/app/linked?verifier=a").body());
    }

    @ParameterizedTest
    @CsvSource({
        "page.css, text/css;charset=utf-8",
        "docs.js, text/javascript;charset=utf-8",
        "icon.svg, image/svg+xml",
        "swagger-ui.css, text/css;charset=utf-8",
    })
    void anAssetThatHasNotChangedIsNotSentAgain(String name, String type) {
        HttpResponse<String> first = service.get("/assets/" + name);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).contains(type);
        assertThat(first.headers().firstValue("Cache-Control").orElse("")).contains("no-cache");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(service.get("/assets/" + name, "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(service.get("/assets/" + name, "If-None-Match", "\"other\"").body())
                .isEqualTo(first.body());
    }

    private final String identifier = UUID.randomUUID().toString().replace("-", "") + "link";

    private String link() {
        return service.link(identifier, RETURN_URL);
    }

    private HttpResponse<String> confirm(String verifier) {
        return service.post(
                "/api/v1/user/confirm-identifier",
                Map.of("identifier", identifier, "verifier", verifier),
                "X-Api-Key",
                "sandbox-api-key");
    }

    @Test
    void whoLogsInAndAgreesIsLinked() {
        String link = link();
        HttpResponse<String> login = browser.open(link);
        assertThat(login.body()).contains("name=\"email\"", "name=\"password\"");
        HttpResponse<String> refused =
                browser.submit(login, "/en-gb/link/login", "email", "active@example.com", "password", "wrong");
        assertThat(refused.statusCode()).isEqualTo(400);
        HttpResponse<String> loggedIn = browser.submit(
                login, "/en-gb/link/login", "email", " Active@example.com", "password", "active-password");
        assertThat(loggedIn.statusCode()).isEqualTo(303);
        assertThat(loggedIn.headers().firstValue("Location").orElse("")).endsWith(link);
        HttpResponse<String> consent = browser.open(link);
        assertThat(consent.body()).contains("a•••@example.com", "href=\"https://app.example.com/linked?a&#x3D;b#top\"");
        HttpResponse<String> agreed = browser.submit(consent, "/en-gb/link");
        assertThat(agreed.statusCode()).isEqualTo(200);
        Matcher back = BACK.matcher(agreed.body());
        assertThat(back.find()).isTrue();
        String url = Browser.unescaped(back.group(1));
        assertThat(url)
                .startsWith("https://app.example.com/linked?a=b&verifier=")
                .endsWith("#top");
        Matcher verifier = VERIFIER.matcher(url);
        assertThat(verifier.find()).isTrue();
        assertThat(TestService.json(confirm("A".repeat(32))).at("/errors/ER056").isObject())
                .isTrue();
        assertThat(confirm(verifier.group(1)).statusCode()).isEqualTo(204);
        assertThat(service.get(
                                "/api/v1/user/login-token",
                                "X-Api-Key",
                                "sandbox-api-key",
                                "User-Identifier",
                                identifier)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> again = browser.submit(browser.open(link), "/en-gb/link");
        assertThat(again.body()).contains("0;url=").doesNotContain("verifier");
        Browser other = new Browser(service);
        other.submit(other.open(link), "/en-gb/link/login", "email", "other@example.com", "password", "other-password");
        assertThat(other.submit(other.open(link), "/en-gb/link").statusCode()).isEqualTo(409);
    }

    @Test
    void aConsentIsThatOfTheUserWhoSawThePage() {
        String link = link();
        assertThat(browser.open(link.substring(0, link.length() - 2)).statusCode())
                .as("an altered link")
                .isEqualTo(400);
        HttpResponse<String> login = browser.open(link);
        browser.submit(login, "/en-gb/link/login", "email", "active@example.com", "password", "active-password");
        HttpResponse<String> consent = browser.open(link);
        browser.submit(login, "/en-gb/link/login", "email", "other@example.com", "password", "other-password");
        assertThat(browser.submit(consent, "/en-gb/link").statusCode())
                .as("another user meanwhile")
                .isEqualTo(403);
        assertThat(new Browser(service).submit(consent, "/en-gb/link").statusCode())
                .as("nobody")
                .isEqualTo(403);
        try (TestService.Ahead later = service.ahead(7200)) {
            HttpResponse<String> late = new Browser(service).open(link);
            assertThat(late.statusCode()).isEqualTo(410);
            assertThat(late.body()).contains("https://app.example.com/linked");
        }
    }

    @Test
    void whoTriesTooManyPasswordsWaits() {
        HttpResponse<String> login = browser.open(link());
        List<Integer> statuses = IntStream.range(0, 12)
                .mapToObj(i -> browser.submit(
                                login, "/en-gb/link/login", "email", "pending@example.com", "password", "wrong" + i)
                        .statusCode())
                .toList();
        assertThat(statuses).startsWith(400).endsWith(429);
    }
}

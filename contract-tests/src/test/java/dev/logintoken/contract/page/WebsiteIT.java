package dev.logintoken.contract.page;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.Visitor;
import dev.logintoken.contract.service.Service;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What the website's pages do and refuse, told by single requests. */
@SuppressWarnings("NullAway.Init")
final class WebsiteIT {

    private static final String PAGE = "/nl-nl/upgrade-account";
    private static final String STATES = "/_pact/provider-states";

    private static Service service;
    private static Api api;
    private static String origin;

    @BeforeAll
    static void startService() throws IOException {
        service = Service.start(
                "-Dlogintoken.sandbox.remote=true", "-Dlogintoken.sandbox.hosts=127.0.0.1.evil.example,notlocalhost");
        api = new Api(service.url());
        origin = service.url().toString();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    /** A page with a form, as a browser has it: what was asked for, its cookie and the value that goes with it. */
    private record Opened(String uuid, String token, String cookie, String form) {
        String body() {
            return "uuid=" + uuid + "&token=" + token + "&form=" + form;
        }
    }

    @Test
    void lookingUsesNothingUp() {
        Exchange login = loginToken();
        String url = url(login);
        assertThat(send("GET", url, "").status()).isEqualTo(200);
        assertThat(send("HEAD", url, "").status()).isEqualTo(200);
        assertThat(send("OPTIONS", url, "").status()).isEqualTo(204);
        assertThat(send("GET", url, "", "Sec-Purpose", "prefetch").status()).isEqualTo(200);
        assertThat(api.redeem(Api.field(login, "uuid"), Api.field(login, "token"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theFormOfThePageLogsInOnce() {
        Opened opened = open();
        Exchange answer = post(PAGE, opened, "Origin", origin, "Cookie", opened.cookie());
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).contains(origin + PAGE);
        assertThat(answer.header("Set-Cookie").orElse(""))
                .startsWith("__Host-login-token-")
                .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Domain");
        String session = answer.header("Set-Cookie").orElse("").replaceFirst(";.*", "");
        assertThat(send("GET", PAGE, "", "Cookie", session).body()).contains("a•••@example.com", "Ingelogd");
        assertThat(Api.codes(api.redeem(opened.uuid(), opened.token()))).containsExactly("ER712");
    }

    /** What a browser says of a form that another site made it send, and what a script that is no browser leaves out. */
    @ParameterizedTest
    @CsvSource({
        "https://evil.example, '', true",
        "'', '', true",
        "null, '', true",
        "own, cross-site, true",
        "own, same-site, true",
        "null, none, true",
        "own, same-origin, false",
    })
    void aFormFromElsewhereIsRefused(String from, String site, boolean withCookie) {
        Opened opened = open();
        Map<String, String> headers = new TreeMap<>();
        headers.put("Origin", from.equals("own") ? origin : from);
        headers.put("Sec-Fetch-Site", site);
        headers.put("Cookie", withCookie ? opened.cookie() : "");
        headers.values().removeIf(String::isEmpty);
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        Exchange refused = api.send("POST", PAGE, opened.body(), headers);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(api.redeem(opened.uuid(), opened.token()).status()).isEqualTo(200);
    }

    @Test
    void aFormWithTheValueOfAnotherBrowserIsRefused() {
        Opened opened = open();
        Opened another = open();
        assertThat(post(PAGE, opened, "Origin", origin, "Cookie", another.cookie())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aPageWithoutReferrerIsBelievedByTheBrowsersOtherWord() {
        Opened opened = open();
        assertThat(post(PAGE, opened, "Origin", "null", "Sec-Fetch-Site", "same-origin", "Cookie", opened.cookie())
                        .status())
                .isEqualTo(303);
    }

    @Test
    void twoCopiesInOneContainerDoNotShareTheirCookies() throws IOException {
        try (Service elsewhere = Service.start("-Dlogintoken.http.context-path=/elsewhere")) {
            Exchange there = new Api(elsewhere.url()).send("GET", "/en-gb/dashboard", "", Map.of());
            assertThat(name(there))
                    .startsWith("__Host-login-token-")
                    .isNotEqualTo(name(send("GET", "/en-gb/dashboard", "")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "app.localhost, 200",
        "127.0.0.1, 200",
        "[::1], 200",
        "192.168.1.5, 403",
        "127.0.0.1.evil.example, 403",
        "notlocalhost, 403",
    })
    void onPlainHttpOnlyTheMachineItselfShowsAPrivatePage(String host, int status) throws IOException {
        try (Socket socket = new Socket(service.url().getHost(), service.url().getPort())) {
            String request = "GET /en-gb/dashboard HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(10_000);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + status);
            assertThat(answer.contains("over plain http")).isEqualTo(status == 403);
        }
    }

    @Test
    void textsAreEscaped() {
        String evil = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
        assertThat(send("GET", PAGE + "?token=" + evil + "&uuid=" + evil, "").body())
                .doesNotContain("<script>alert");
    }

    @Test
    void aFailureIsAPageToo() {
        api.post(STATES, Map.of("state", "the database does not answer"));
        Exchange answer = send("GET", url("45b9313b-fa47-4786-baf1-62969dec31f2", "A".repeat(64)), "");
        Exchange failed = send("GET", url("45b9313b-fa47-4786-baf1-62969dec31f2", "AQBr" + "A".repeat(60)), "");
        api.post(STATES, Map.of("state", "the database does not answer", "action", "teardown"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.header("Retry-After")).isPresent();
        assertThat(failed.header("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(failed.body())
                .contains("Er ging iets mis", failed.header("X-Request-Id").orElseThrow());
    }

    @Test
    void nothingIsLinkedByGoingThereAlone() {
        String identifier = "link" + System.nanoTime() + "0".repeat(40);
        String link = link(identifier);
        Opened opened = open();
        String session = post(PAGE, opened, "Origin", origin, "Cookie", opened.cookie())
                .header("Set-Cookie")
                .orElse("")
                .replaceFirst(";.*", "");
        Exchange page = send("GET", link, "", "Cookie", session);
        assertThat(page.body()).contains("a•••@example.com", "sandbox");
        String consent =
                "request=" + link.replaceFirst(".*request=", "") + "&user=45b9313b-fa47-4786-baf1-62969dec31f2";
        assertThat(send("POST", "/en-gb/link", consent, "Origin", origin, "Cookie", session)
                        .status())
                .isEqualTo(403);
        assertThat(Api.codes(api.loginToken("X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", identifier)))
                .containsExactly("ER705");
    }

    @Test
    void whoHasNoEmailAddressIsLoggedInAndNamedByTheId() {
        Exchange user = api.post(STATES, Map.of("state", "a user without an email address"));
        String name = Api.field(user, "uuid").substring(0, 8) + "•••";
        Visitor visitor = new Visitor(api, service.url());
        Exchange page = visitor.open(url(
                api.loginToken("X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", Api.field(user, "userIdentifier"))));
        assertThat(page.body()).contains(name);
        assertThat(visitor.submit(page, PAGE).status()).isEqualTo(303);
        assertThat(visitor.open(PAGE).body()).contains(name, "Ingelogd");
        assertThat(visitor.open(link("nomail" + System.nanoTime() + "0".repeat(40)))
                        .body())
                .contains(name, "Link my account");
        api.post(STATES, Map.of("state", "a user without an email address", "action", "teardown"));
    }

    private static Exchange loginToken() {
        return api.loginToken("X-Api-Key", Api.PARTNERS_KEY, "User-Identifier", Api.ACTIVE_IDENTIFIER);
    }

    private static String url(Exchange login) {
        return url(Api.field(login, "uuid"), Api.field(login, "token"));
    }

    private static String url(String uuid, String token) {
        return PAGE + "?token=" + token + "&uuid=" + uuid;
    }

    private static Opened open() {
        Exchange login = loginToken();
        Exchange page = send("GET", url(login), "");
        Matcher form = Pattern.compile("name=\"form\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(form.find()).isTrue();
        String cookie = page.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        return new Opened(Api.field(login, "uuid"), Api.field(login, "token"), cookie, form.group(1));
    }

    private static String link(String identifier) {
        Exchange registered = api.register(identifier);
        try {
            String url = Spec.JSON
                    .readTree(registered.body())
                    .at("/redirectUrl/en-gb")
                    .asText();
            return url.substring(origin.length());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(Exchange exchange) {
        return exchange.header("Set-Cookie").orElseThrow().replaceFirst("=.*", "");
    }

    private static Exchange post(String path, Opened opened, String... headers) {
        return send("POST", path, opened.body(), headers);
    }

    private static Exchange send(String method, String path, String body, String... headers) {
        Map<String, String> all = Api.with(headers);
        if (method.equals("POST")) {
            all.put("Content-Type", "application/x-www-form-urlencoded");
        }
        return api.send(method, path, body, all);
    }
}

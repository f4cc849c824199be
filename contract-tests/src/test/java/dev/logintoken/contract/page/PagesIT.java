package dev.logintoken.contract.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.Visitor;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The landing page and the API reference, as they come over the wire. */
@SuppressWarnings("NullAway.Init")
final class PagesIT {

    private static final String KEY = "HwJ-J3zezptI_xF6ql0IoyM8cRdMV09yhMeZ-1NTrgo";
    private static final Pattern ROW = Pattern.compile("<tbody id=\"(ER\\d+)\">(.*?)</tbody>", Pattern.DOTALL);

    private static Service service;
    private static Api api;

    @BeforeAll
    static void startService() throws IOException {
        service = Service.start("-Dlogintoken.http.context-path=/some/where");
        api = new Api(service.url());
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/docs", "/journal", "/assets/page.js", "/assets/journal.js"})
    void aPageMayLoadFromItsOwnOriginOnly(String path) {
        Exchange page = get(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "*", "http");
        assertThat(page.header("Referrer-Policy")).contains("no-referrer");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/docs", "/journal"})
    void everyLinkOfAPageLeadsSomewhere(String path) {
        List<String> links = all("(?:href|src)=\"([^\"#]+)", get(path).body());
        assertThat(links).hasSizeGreaterThan(4).allSatisfy(link -> {
            assertThat(link).startsWith("/some/where/");
            assertThat(get(link.substring("/some/where".length())).status()).isEqualTo(200);
        });
    }

    @Test
    void anAssetThatHasNotChangedIsNotSentAgain() {
        Exchange first = get("/assets/page.css");
        assertThat(first.header("Content-Type")).contains("text/css;charset=utf-8");
        Exchange again = api.send(
                "GET",
                "/assets/page.css",
                "",
                Map.of("If-None-Match", first.header("ETag").orElseThrow()));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void theTableOfErrorsIsTheCatalogOfTheSpec() {
        Map<String, String> rows = new LinkedHashMap<>();
        ROW.matcher(get("/docs").body())
                .results()
                .forEach(row -> rows.put(row.group(1), Visitor.unescaped(row.group(2))));
        Spec spec = LoginTokenSpec.load();
        assertThat(rows).containsOnlyKeys(spec.catalog().keySet());
        spec.catalog()
                .forEach((code, entry) -> assertThat(rows.get(code))
                        .contains(
                                entry.get("message").asText(),
                                entry.get("solution").asText()));
        spec.operations()
                .keySet()
                .forEach(operation -> spec.codes(operation)
                        .forEach(code -> assertThat(rows.get(code)).contains(operation)));
    }

    @Test
    void theListOfOperationsIsThatOfTheSpecWithASampleInEachLanguage() {
        String page = get("/docs").body();
        Spec spec = LoginTokenSpec.load();
        assertThat(all("data-operation=\"(\\w+)\"", page))
                .containsExactlyInAnyOrderElementsOf(spec.operations().keySet());
        assertThat(all("<p class=\"fields\">(getLoginToken: [^<]*)<", page))
                .singleElement()
                .asString()
                .contains("User-Identifier", "X-Request-Id", "uuid", "token", "expiryDate");
        for (String language : List.of("curl", "JavaScript", "Python", "Java", "Go")) {
            assertThat(all("<h3>(" + language + ")</h3>", page))
                    .hasSize(spec.operations().size());
        }
        assertThat(all("<dt><code>([^<]*)</code></dt>", page))
                .as("a header of two meanings is there twice")
                .containsExactlyInAnyOrder(
                        "X-Request-Id", "Retry-After", "ETag", "Vary", "Cache-Control", "Cache-Control");
    }

    @Test
    void everyLineOfTheTableOfErrorsProvokesItsCode() throws Exception {
        Map<String, String> lines = new LinkedHashMap<>();
        ROW.matcher(get("/docs").body())
                .results()
                .forEach(row -> all("data-copy=\"([^\"]*)\"", row.group(2))
                        .forEach(line -> lines.put(row.group(1), Visitor.unescaped(line))));
        assertThat(lines).hasSize(LoginTokenSpec.load().catalog().size());
        for (Map.Entry<String, String> line : lines.entrySet()) {
            assertThat(run(line.getValue())).as(line.getValue()).contains("\"code\":\"" + line.getKey() + "\"");
        }
    }

    @Test
    void thePageOfErrorsHasTheLinesOfTheReference() throws IOException {
        List<String> expected = new ArrayList<>();
        ROW.matcher(get("/docs").body())
                .results()
                .filter(row -> LoginTokenSpec.load().codes("getLoginToken").contains(row.group(1)))
                .forEach(row -> expected.add("# " + row.group(1) + ", "
                        + Visitor.unescaped(all("class=\"interaction\">([^<]*)<", row.group(2))
                                .get(0))
                        + "\n"
                        + Visitor.unescaped(all("data-copy=\"([^\"]*)\"", row.group(2))
                                        .get(0))
                                .replace(service.url().toString(), "http://localhost:8080")));
        assertThat(Files.readString(Path.of("../spec/docs/errors.md")))
                .contains("```sh\n" + String.join("\n\n", expected) + "\n```\n");
    }

    @Test
    void theLandingPageShowsTheFixtureThatTheReadmeShows() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        String table = readme.substring(readme.indexOf("## Who lives in the sandbox"));
        table = table.substring(0, table.indexOf("\n\nAll identifiers"));
        String fixture = get("/").body().split("<table id=\"fixture\">")[1];
        assertThat(all("data-copy=\"([^\"]*)\"", fixture).stream().map(Visitor::unescaped))
                .containsExactlyElementsOf(all("`([^`]*)`", table));
    }

    @Test
    void theLandingPagesFirstRequestGetsTheAnswerShownAndTheNextOneIsRefused() throws Exception {
        String first = get("/").body().split("<section id=\"first\"")[1].split("</section>")[0];
        List<String> lines = all("data-copy=\"([^\"]*)\"", first).stream()
                .map(Visitor::unescaped)
                .toList();
        JsonNode shown = Spec.JSON.readTree(
                Visitor.unescaped(all("(?s)<pre>(.*?)</pre>", first).get(0)));
        JsonNode came = Spec.JSON.readTree(run(lines.get(0)));
        assertThat(came.get("uuid")).isEqualTo(shown.get("uuid"));
        assertThat(came.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(
                        shown.properties().stream().map(Map.Entry::getKey).toList());
        assertThat(run(lines.get(1))).contains("\"code\":\"ER700\"", "\"code\":\"ER704\"");
    }

    @Test
    void productionShowsTheReferenceAndNothingOfASandbox(@TempDir Path directory) throws IOException {
        List<String> settings = List.of(
                "-Dlogintoken.db.url=jdbc:h2:file:./production",
                "-Dlogintoken.keys.master=" + KEY,
                "-Dlogintoken.website.base-url=https://www.example.com");
        try (Service production = Service.startIn(directory, settings)) {
            Api there = new Api(production.url());
            for (String path : List.of("/", "/docs")) {
                Exchange page = there.send("GET", path, "", Map.of());
                assertThat(page.status()).isEqualTo(200);
                assertThat(page.body()).doesNotContain("sandbox", "activeuser", "data-copy", "playground");
            }
            assertThat(there.send("GET", "/en-gb/dashboard", "", Map.of()).status())
                    .isEqualTo(404);
            assertThat(ROW.matcher(there.send("GET", "/docs", "", Map.of()).body())
                            .results())
                    .hasSize(LoginTokenSpec.load().catalog().size());
        }
    }

    private static Exchange get(String path) {
        return api.send("GET", path, "", Map.of());
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String run(String line) throws IOException {
        Process process =
                new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}

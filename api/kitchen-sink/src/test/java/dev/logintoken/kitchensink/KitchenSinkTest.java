package dev.logintoken.kitchensink;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.logintoken.api.ThingsApi;
import dev.logintoken.api.model.Thing;
import dev.logintoken.server.contract.ContractFeature;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.media.multipart.MultiPartFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Stubs of the spec beside this, generated with the product's templates and served as the product serves its own. */
final class KitchenSinkTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = JdkHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"),
                new ResourceConfig()
                        .addProperties(ContractFeature.PROPERTIES)
                        .register(new ContractFeature())
                        .register(MultiPartFeature.class)
                        .register(new Things()));
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    /** A parameter as it is sent, and what the operation got. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            page=100                         | page    | 100
            size=50                          | size    | 50
            after=9007199254740993           | after   | 9007199254740993
            after=1                          | after   | 1
            ratio=0.5                        | ratio   | 0.5
            price=12.30                      | price   | 12.30
            active=true                      | active  | true
            active=false                     | active  | false
            since=2026-01-01T00:00:00Z       | since   | 2026-01-01T00:00:00Z
            since=2026-01-01T01:00:00%2B01:00| since   | 2026-01-01T00:00:00Z
            day=2026-02-28                   | day     | 2026-02-28
            owner=45b9313b-fa47-4786-baf1-62969dec31f2 | owner | 45b9313b-fa47-4786-baf1-62969dec31f2
            link=https://example.com/a       | link    | https://example.com/a
            name=a%20b                       | name    | a b
            order=-name                      | order   | -name
            order=by%20%22age%22             | order   | by "age"
            colour=dark-red                  | colour  | dark-red
            tags=a&tags=b                    | tags    | [a, b]
            days=2026-01-01&days=2026-01-02  | days    | [2026-01-01, 2026-01-02]
            colours=3d&colours=red           | colours | [3d, red]
            class=x                          | class   | x
            """)
    void anOperationGetsWhatIsSent(String query, String name, String got) throws Exception {
        String page = query.startsWith("page=") ? "" : "&page=1";
        HttpResponse<String> answer = get("/api/v1/things?key=k&" + query + page);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).get(name).asText()).isEqualTo(got);
    }

    @Test
    void whatIsLeftOutHasItsDefaultOrIsAbsent() throws Exception {
        assertThat(json(get("/api/v1/things?key=k&page=1")))
                .isEqualTo(ContractFeature.JSON.valueToTree(
                        Map.of("key", "query k", "page", "1", "size", "10", "order", "name")));
    }

    /** Wrong values: of another type, outside their bounds, of no enum, too many, or none where one is required. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "page=",
                "page=0",
                "page=101",
                "page=one",
                "page=1.5",
                "page=99999999999",
                "page=1&size=51",
                "page=1&size=0",
                "page=1&after=0",
                "page=1&after=x",
                "page=1&ratio=1",
                "page=1&ratio=-0.1",
                "page=1&ratio=x",
                "page=1&price=x",
                "page=1&active=maybe",
                "page=1&active=TRUE",
                "page=1&active=",
                "page=1&since=yesterday",
                "page=1&since=2026-01-01",
                "page=1&day=2026-02-30",
                "page=1&owner=1234",
                "page=1&link=%7B",
                "page=1&name=a",
                "page=1&name=abcdef",
                "page=1&name=ABC",
                "page=1&order=age",
                "page=1&order=",
                "page=1&colour=blue",
                "page=1&colour=DARK_RED",
                "page=1&tags=a&tags=b&tags=c",
                "page=1&days=2026-01-01&days=x",
                "page=1&colours=blue"
            })
    void aWrongParameterIsAnsweredFromTheCatalog(String query) throws Exception {
        assertRefused(get("/api/v1/things?key=k&" + query), 400, "ER902");
    }

    @Test
    void aWrongHeaderOrCookieIsAnsweredFromTheCatalog() throws Exception {
        String url = "/api/v1/things?key=k&page=1";
        assertThat(json(send("GET", url, "", "X-Depth", "3")).get("X-Depth").asText())
                .isEqualTo("3");
        assertThat(json(send("GET", url, "", "X-Since", "2026-01-01T00:00:00Z"))
                        .get("X-Since")
                        .asText())
                .isEqualTo("2026-01-01T00:00:00Z");
        assertThat(json(send("GET", url, "", "Cookie", "theme=dark"))
                        .get("theme")
                        .asText())
                .isEqualTo("dark");
        assertRefused(send("GET", url, "", "X-Depth", "4"), 400, "ER902");
        assertRefused(send("GET", url, "", "X-Depth", "deep"), 400, "ER902");
        assertRefused(send("GET", url, "", "X-Since", "deep"), 400, "ER902");
        assertRefused(send("GET", url, "", "Cookie", "theme=darker"), 400, "ER902");
    }

    @Test
    void aHeaderThatAFilterReadsIsNoBusinessOfTheOperation() throws Exception {
        assertThat(send("GET", "/api/v1/things?key=k&page=1", "", "X-Trace", "anything")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anApiKeyIsReadWhereTheSpecHasIt() throws Exception {
        assertThat(json(get("/api/v1/things?page=1&key=k")).get("key").asText()).isEqualTo("query k");
        assertThat(json(send("GET", "/api/v1/things?page=1", "", "X-Key", "k"))
                        .get("key")
                        .asText())
                .isEqualTo("header k");
        assertRefused(send("GET", "/api/v1/things?page=1", "", "key", "k"), 403, "ER100");
    }

    @Test
    void aCodeHasTheStatusAndTheTextsOfTheSpec() throws Exception {
        JsonNode forbidden = assertRefused(get("/api/v1/things?page=1"), 403, "ER100");
        assertThat(forbidden.get("message").asText()).isEqualTo("You may not.\n  Not even here.");
        assertThat(forbidden.get("solution").asText()).isEqualTo("Say \"\"\"please\"\"\", or ask \"them\".");
        JsonNode none = assertRefused(get("/api/v1/things/404"), 404, "ER101");
        assertThat(none.get("message").asText()).isEqualTo("There is no such thing, © 2026 — 👋.");
        assertThat(none.get("solution").asText()).isEqualTo("Look for\tanother one.\n");
    }

    @Test
    void aPathHasATypeToo() throws Exception {
        assertThat(json(get("/api/v1/things/9007199254740993")).get("id").asLong())
                .isEqualTo(9007199254740993L);
        assertRefused(get("/api/v1/things/0"), 400, "ER902");
        assertRefused(get("/api/v1/things/first"), 400, "ER902");
        assertThat(send("DELETE", "/api/v1/things/dark-red", "").statusCode()).isEqualTo(202);
        assertRefused(send("DELETE", "/api/v1/things/blue", ""), 400, "ER902");
        assertRefused(send("PUT", "/api/v1/things/1-1-1", ""), 400, "ER902");
    }

    @Test
    void anOperationSaysWhichSuccessItHas() throws Exception {
        HttpResponse<String> made = create("{\"name\": \"now\", \"kind\": \"small\", \"remark\": null}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location"))
                .hasValueSatisfying(url -> assertThat(url).endsWith("/things/7"));
        assertThat(json(made).get("id").asInt()).isEqualTo(7);
        HttpResponse<String> later = create("{\"name\": \"later\", \"kind\": \"small\", \"remark\": null}");
        assertThat(later.statusCode()).isEqualTo(202);
        assertThat(later.body()).isEmpty();
        HttpResponse<String> touched = send("PUT", "/api/v1/things/45b9313b-fa47-4786-baf1-62969dec31f2", "");
        assertThat(touched.statusCode()).isEqualTo(200);
        assertThat(touched.body()).isEmpty();
    }

    @Test
    void aBodyIsReadAndWrittenAsItIs() throws Exception {
        String thing = """
                {"name": "n", "kind": "very large", "remark": null, "colour": "3d", "tags": ["a", "b"],
                 "grid": [[1], [2, 3]], "labels": {"a": "b"}, "parts": {"a": {"name": "p"}},
                 "colours": {"a": ["red"]}, "parent": {"name": "q"}, "made": "2026-01-01T00:00:00Z",
                 "day": "2026-02-28", "owner": "45b9313b-fa47-4786-baf1-62969dec31f2",
                 "link": "https://example.com/a", "data": "AQID", "price": 12.3, "weight": 0.5, "count": 0,
                 "active": false, "class": "c", "anything": {"x": [1, "y"]}, "id": 7}""";
        JsonNode sent = ContractFeature.JSON.readTree(thing);
        assertThat(json(create(thing))).isEqualTo(sent);
        JsonNode defaults = json(create("{\"name\": \"n\", \"kind\": \"small\", \"remark\": \"r\"}"));
        assertThat(defaults.get("count").asInt()).isEqualTo(3);
        assertThat(defaults.get("active").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\": \"huge\"}", "{\"colour\": \"blue\"}", "{\"made\": \"yesterday\"}", "{\"name\": 5}",
                "{\"colours\": {\"a\": [\"blue\"]}}", "[]", "{", ""
            })
    void aBodyOfAnotherShapeIsRefused(String body) throws Exception {
        assertRefused(create(body), 400, "ER900");
    }

    @Test
    void aBodyThatIsTooLargeHasItsStatusFromTheSpec() throws Exception {
        assertRefused(create(" ".repeat(20_000)), 413, "ER901");
    }

    @Test
    void aFormsFieldsAreParameters() throws Exception {
        String form = "application/x-www-form-urlencoded";
        assertThat(send("POST", "/api/v1/form", "name=n&count=2&at=2026-01-01T00:00:00Z", "Content-Type", form)
                        .body())
                .isEqualTo("n 2 2026-01-01T00:00:00Z");
        assertThat(send("POST", "/api/v1/form", "name=n", "Content-Type", form).body())
                .isEqualTo("n null null");
        for (String wrong : new String[] {"", "name=abcdef", "name=n&count=0", "name=n&count=x", "name=n&at=x"}) {
            assertRefused(send("POST", "/api/v1/form", wrong, "Content-Type", form), 400, "ER902");
        }
    }

    @Test
    void aFileAndATextComeInParts() throws Exception {
        assertThat(upload("photo", "title", "t").body()).isEqualTo("t: bytes");
        assertRefused(upload("picture", "title", "t"), 400, "ER902");
        assertRefused(upload("photo", "title", "abcdef"), 400, "ER902");
    }

    @Test
    void bytesPassAsTheyAre() throws Exception {
        HttpResponse<byte[]> picture =
                CLIENT.send(request("/api/v1/picture").GET().build(), BodyHandlers.ofByteArray());
        assertThat(picture.body()).containsExactly(1, 2, 3);
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(send("PUT", "/api/v1/picture", "bytes", "Content-Type", "application/octet-stream")
                        .statusCode())
                .isEqualTo(204);
    }

    /** It has no answer to a wrong one in its set: another type is none of its business, and a bound is its own. */
    @Test
    void anOperationWithoutTheGroupChecksItsParametersItself() throws Exception {
        assertThat(get("/api/v1/ping?times=2").body()).isEqualTo("[\"pong\",\"pong\"]");
        assertThat(get("/api/v1/ping?times=0").body()).isEqualTo("[]");
        assertRefused(get("/api/v1/ping?times=x"), 400, "ER999");
    }

    @Test
    void whatTheSpecDeprecatesIsDeprecatedInJava() throws Exception {
        assertThat(ThingsApi.class.getMethod("getThing", Long.class))
                .matches(it -> it.isAnnotationPresent(Deprecated.class));
        assertThat(ThingsApi.class.getMethod("ping", Integer.class))
                .matches(it -> !it.isAnnotationPresent(Deprecated.class));
        assertThat(Thing.class.getMethod("getPropertyClass")).matches(it -> it.isAnnotationPresent(Deprecated.class));
    }

    private static HttpResponse<String> upload(String fileName, String textName, String text) throws Exception {
        String body = """
                --b\r
                Content-Disposition: form-data; name="%s"; filename="a.png"\r
                Content-Type: image/png\r
                \r
                bytes\r
                --b\r
                Content-Disposition: form-data; name="%s"\r
                \r
                %s\r
                --b--\r
                """.formatted(fileName, textName, text);
        return send("POST", "/api/v1/upload", body, "Content-Type", "multipart/form-data; boundary=b");
    }

    private static HttpResponse<String> create(String body) throws Exception {
        return send("POST", "/api/v1/things", body, "Content-Type", "application/json");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(path).method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return CLIENT.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return ContractFeature.JSON.readTree(answer.body());
    }

    private static JsonNode assertRefused(HttpResponse<String> answer, int status, String code) throws IOException {
        assertThat(answer.body()).contains("\"" + code + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
        return ContractFeature.JSON.readTree(answer.body()).at("/errors/" + code);
    }
}

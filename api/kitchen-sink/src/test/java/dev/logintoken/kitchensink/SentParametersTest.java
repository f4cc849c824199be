package dev.logintoken.kitchensink;

import dev.logintoken.server.contract.ContractFeature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Parameters in query, header, cookie and path: what an operation gets, and what is refused. */
final class SentParametersTest extends ServedKitchenSink {

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
    void aPathHasATypeToo() throws Exception {
        assertThat(json(get("/api/v1/things/9007199254740993")).get("id").asLong())
                .isEqualTo(9007199254740993L);
        assertRefused(get("/api/v1/things/0"), 400, "ER902");
        assertRefused(get("/api/v1/things/first"), 400, "ER902");
        assertThat(send("DELETE", "/api/v1/things/dark-red", "").statusCode()).isEqualTo(202);
        assertRefused(send("DELETE", "/api/v1/things/blue", ""), 400, "ER902");
        assertRefused(send("PUT", "/api/v1/things/1-1-1", ""), 400, "ER902");
    }

    /** It has no answer to a wrong one in its set: another type is none of its business, and a bound is its own. */
    @Test
    void anOperationWithoutTheGroupChecksItsParametersItself() throws Exception {
        assertThat(get("/api/v1/ping?times=2").body()).isEqualTo("[\"pong\",\"pong\"]");
        assertThat(get("/api/v1/ping?times=0").body()).isEqualTo("[]");
        assertRefused(get("/api/v1/ping?times=x"), 400, "ER999");
    }
}

package dev.logintoken.kitchensink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.server.contract.ContractFeature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import static org.assertj.core.api.Assertions.assertThat;

/** Bodies: JSON, forms, parts and bytes. */
final class SentBodiesTest extends ServedKitchenSink {

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
}

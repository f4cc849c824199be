package dev.logintoken.kitchensink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.api.ThingsApi;
import dev.logintoken.api.model.Thing;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys, codes, successes and deprecation, as the spec has them. */
final class KitchenSinkTest extends ServedKitchenSink {

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
    void whatTheSpecDeprecatesIsDeprecatedInJava() throws Exception {
        assertThat(ThingsApi.class.getMethod("getThing", Long.class))
                .matches(it -> it.isAnnotationPresent(Deprecated.class));
        assertThat(ThingsApi.class.getMethod("ping", Integer.class))
                .matches(it -> !it.isAnnotationPresent(Deprecated.class));
        assertThat(Thing.class.getMethod("getPropertyClass")).matches(it -> it.isAnnotationPresent(Deprecated.class));
    }
}

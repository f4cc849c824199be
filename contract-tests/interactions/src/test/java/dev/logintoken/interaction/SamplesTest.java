package dev.logintoken.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** An operation's samples are the request of an interaction that succeeds. */
final class SamplesTest {

    @TempDir
    private Path folder;

    @Test
    void eachLanguageQuotesTheBodyAndAsksForTheValuesOfStates() throws IOException {
        JsonNode samples = samples("""
                {"description": "it", "providerStates": [{"name": "a key"}],
                    "request": {"method": "POST", "path": "/a", "headers": {"X-Api-Key": "?"}, "body": {"who": "O'\\"Hara"},
                        "generators": {"header": {"X-Api-Key": {"expression": "Key ${apiKey}"}}}},
                    "response": {"status": 200}}""").get("POST /a");
        List<String> languages = new ArrayList<>();
        for (JsonNode sample : samples) {
            languages.add(sample.get("language").asText());
            String text = sample.get("text").asText();
            assertThat(text).contains("{url}/a", "{url}/_pact/provider-states", "a key", "apiKey");
            if (!sample.get("language").asText().equals("curl")) {
                assertThat(text).contains("\"Key \" + apiKey", "\"{\\\"who\\\":\\\"O'\\\\\\\"Hara\\\"}\"");
            }
        }
        assertThat(languages).containsExactly("curl", "JavaScript", "Python", "Java", "Go");
        assertThat(samples.get(0).get("text").asText())
                .contains("facts=$(curl -s ")
                .contains("; curl -si ");
    }

    @Test
    void aRequestWithoutStatesIsPreferredAndARefusalIsNoSample() throws IOException {
        JsonNode samples = samples("""
                {"description": "with a state", "providerStates": [{"name": "s"}],
                    "request": {"method": "GET", "path": "/a"}, "response": {"status": 200}},
                {"description": "alone", "request": {"method": "GET", "path": "/a"}, "response": {"status": 204}},
                {"description": "refused", "request": {"method": "GET", "path": "/b"}, "response": {"status": 400}}""");
        assertThat(samples.fieldNames()).toIterable().containsExactly("GET /a");
        assertThat(samples.toString()).doesNotContain("provider-states");
    }

    private JsonNode samples(String interactions) throws IOException {
        Files.writeString(folder.resolve("shop.json"), "{\"interactions\": [" + interactions + "]}");
        Path file = folder.resolve("deep/samples.json");
        Samples.main(new String[] {folder.toString(), file.toString()});
        return new ObjectMapper().readTree(file.toFile());
    }
}

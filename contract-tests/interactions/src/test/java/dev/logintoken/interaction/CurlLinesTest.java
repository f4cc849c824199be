package dev.logintoken.interaction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;

/** A code's line is the request of an interaction that expects this code alone. */
final class CurlLinesTest {

    private static final String KEY = "'X-Api-Key: k'";

    @TempDir
    private Path folder;

    @Test
    void aRequestIsALineForAShell() throws IOException {
        assertThat(line("""
                "request": {"method": "PUT", "path": "/a", "query": {"q": ["1", "2"]}, "body": {"who": "O'Hara"},
                    "headers": {"X-Api-Key": ["k"], "User-Identifier": [""]}}"""))
                .isEqualTo("curl -s -X PUT -H " + KEY
                        + " -H 'User-Identifier;' -d '{\"who\":\"O'\\''Hara\"}' '{url}/a?q=1&q=2'");
    }

    @Test
    void theValuesOfProviderStatesAreAskedFor() throws IOException {
        assertThat(line("""
                "providerStates": [{"name": "a user"}, {"name": "a key"}],
                "request": {"method": "POST", "path": "/a", "headers": {"X-Api-Key": "?"}, "body": {"who": "?"},
                    "generators": {"header": {"X-Api-Key": {"expression": "${apiKey}"}},
                        "body": {"$.who": {"expression": "${uuid}"}}}}"""))
                .startsWith("facts=$(curl -s -H 'Content-Type: application/json' -d '{\"state\":\"a user\"}'"
                        + " {url}/_pact/provider-states; curl -s")
                .contains("uuid=$(printf %s \"$facts\" | sed 's/.*\"uuid\":\"\\([^\"]*\\)\".*/\\1/'); ")
                .endsWith("curl -s -H 'X-Api-Key: '\"$apiKey\" -d '{\"who\":\"'\"$uuid\"'\"}' {url}/a");
    }

    @Test
    void aLongRunOfACharacterIsMadeByTheShell() throws IOException {
        assertThat(line("\"request\": {\"method\": \"POST\", \"path\": \"/a\", \"body\": \"" + "x".repeat(500) + "\"}"))
                .isEqualTo("curl -s -d ''\"$(head -c 500 /dev/zero | tr '\\0' x)\" {url}/a");
    }

    @Test
    void theOperationWithMostCodesIsPreferredAndThenARequestWithoutStates() throws IOException {
        write("""
                {"description": "rare", "request": {"method": "GET", "path": "/rare"}, "response": %1$s},
                {"description": "with a state", "providerStates": [{"name": "s"}],
                    "request": {"method": "GET", "path": "/b"}, "response": %1$s},
                {"description": "alone", "request": {"method": "GET", "path": "/b"}, "response": %1$s},
                {"description": "two codes", "request": {"method": "GET", "path": "/b"},
                    "response": {"body": {"errors": {"ER1": {}, "ER2": {}}}}}""".formatted(refusal()));
        assertThat(derived()).containsOnlyKeys("ER1", "ER1.interaction").containsValue("shop.json: alone");
    }

    @Test
    void aStateThatTakesParametersIsLeftOut() throws IOException {
        write("""
                {"description": "late", "providerStates": [{"name": "the clock is ahead", "params": {"seconds": 1}}],
                    "request": {"method": "GET", "path": "/a"}, "response": %s}""".formatted(refusal()));
        assertThat(derived()).isEmpty();
    }

    private String line(String request) throws IOException {
        write("{\"description\": \"it\", " + request + ", \"response\": " + refusal() + "}");
        return derived().getProperty("ER1");
    }

    private static String refusal() {
        return "{\"status\": 400, \"body\": {\"content\": {\"errors\": {\"ER1\": {}}}}}";
    }

    private void write(String interactions) throws IOException {
        Files.writeString(folder.resolve("shop.json"), "{\"interactions\": [" + interactions + "]}");
    }

    private Properties derived() throws IOException {
        Path file = folder.resolve("deep/lines.properties");
        CurlLines.main(new String[] {folder.toString(), file.toString()});
        Properties lines = new Properties();
        lines.load(new StringReader(Files.readString(file)));
        return lines;
    }
}

package dev.logintoken.server.sandbox;

import dev.logintoken.server.page.Playground;
import dev.logintoken.server.page.Playground.CurlLine;
import dev.logintoken.server.page.Playground.Inhabitant;
import dev.logintoken.server.page.Playground.Value;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/** Prepares the fixture for publication. */
final class Published {

    private static final String CURL_LINES = "curl-lines.properties";
    private static final String INTERACTION = ".interaction";

    private Published() {}

    static Playground playground() {
        return new Playground(Fixture.API_KEY, Fixture.ACTIVE_IDENTIFIER, inhabitants(), curlLines());
    }

    private static List<Inhabitant> inhabitants() {
        return List.of(
                new Inhabitant("partner", partner("sandbox", "sandbox-password", Fixture.API_KEY)),
                new Inhabitant(
                        "partner with the role of a website",
                        partner("website", "website-password", Fixture.WEBSITE_API_KEY)),
                new Inhabitant(
                        "active user",
                        List.of(
                                new Value("uuid", Fixture.ACTIVE_USER.toString()),
                                new Value("email", "active@example.com"),
                                new Value("password", "active-password"),
                                new Value("identifier", Fixture.ACTIVE_IDENTIFIER))),
                new Inhabitant(
                        "another active user", user("other@example.com", "other-password", Fixture.OTHER_IDENTIFIER)),
                new Inhabitant(
                        "user with a document under review",
                        user("pending@example.com", "pending-password", Fixture.PENDING_IDENTIFIER)),
                new Inhabitant("deleted user", List.of(new Value("identifier", Fixture.DELETED_IDENTIFIER))),
                new Inhabitant(
                        "identifier registered, not linked to a user",
                        List.of(new Value("identifier", Fixture.UNLINKED_IDENTIFIER))),
                new Inhabitant(
                        "identifier registered by a third partner",
                        List.of(new Value("identifier", Fixture.ELSEWHERE_IDENTIFIER))),
                new Inhabitant("a failing service", List.of(new Value("API key", Fixture.FAILURE_API_KEY))));
    }

    private static List<Value> partner(String username, String password, String apiKey) {
        return List.of(new Value("username", username), new Value("password", password), new Value("API key", apiKey));
    }

    private static List<Value> user(String email, String password, String identifier) {
        return List.of(new Value("email", email), new Value("password", password), new Value("identifier", identifier));
    }

    /** Returns the curl lines that the build makes from the consumers' interactions. */
    private static Map<String, CurlLine> curlLines() {
        Properties lines = new Properties();
        try (InputStream file = Objects.requireNonNull(Published.class.getResourceAsStream(CURL_LINES), CURL_LINES)) {
            lines.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, CurlLine> byCode = new TreeMap<>();
        lines.stringPropertyNames().stream()
                .filter(name -> !name.endsWith(INTERACTION))
                .forEach(code ->
                        byCode.put(code, new CurlLine(lines.getProperty(code), lines.getProperty(code + INTERACTION))));
        return byCode;
    }
}

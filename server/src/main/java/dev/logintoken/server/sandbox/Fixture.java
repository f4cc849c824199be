package dev.logintoken.server.sandbox;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.page.Playground;
import dev.logintoken.server.page.Playground.CurlLine;
import dev.logintoken.server.page.Playground.Inhabitant;
import dev.logintoken.server.page.Playground.Sample;
import dev.logintoken.server.page.Playground.Value;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The sandbox's published partners, users and credentials. They are not secrets, and outside the sandbox nothing
 * accepts them.
 */
public final class Fixture {

    static final String API_KEY = "sandbox-api-key";
    static final String WEBSITE_API_KEY = "website-api-key";
    static final String FAILURE_API_KEY = "sandbox-failure-api-key";

    // Hashes of the published passwords, such as sandbox-password. Computed beforehand, so that no start waits for
    // them.
    private static final String SANDBOX_PASSWORD_HASH =
            "{argon2}$argon2id$v=19$m=19456,t=2,p=1$d7x6WmIahDG8NFePIxN/ug$ybyXs0GpmsEPuQkpf3BobdRZd1xzS+HjEXnHsVKXKlE";
    private static final String WEBSITES_PASSWORD_HASH =
            "{argon2}$argon2id$v=19$m=19456,t=2,p=1$Hn50hccHdl49yvc/3D2RYg$12DGjQYtqAf9+/+bZAXGDPXcMYaqswp6/2YriSKnaB0";
    private static final String ACTIVE_PASSWORD_HASH =
            "{argon2}$argon2id$v=19$m=19456,t=2,p=1$6aqLEVFikx56dIQ7iIh/lA$OBdLY5+gv0ajpyfzeAT5nCleDTNxLCazlXGnFBec5KU";
    private static final String OTHER_PASSWORD_HASH =
            "{argon2}$argon2id$v=19$m=19456,t=2,p=1$hHiSXAVodVNYWy5O42MQjQ$ucjAT/OPk8gYNfUxzihl6ZTVedyqburAhEFe6K0lHVg";
    private static final String PENDING_PASSWORD_HASH =
            "{argon2}$argon2id$v=19$m=19456,t=2,p=1$d/j98w7ISsAi7CGHEf9d6A$LQKWo04p2MDr5TkSEtGVq+FWotzCrv94/DOfh8yO1OM";

    static final UUID PARTNER = id("partner sandbox");
    static final UUID WEBSITE = id("partner website");
    static final UUID ELSEWHERE = id("partner elsewhere");

    static final UUID ACTIVE_USER = UUID.fromString("45b9313b-fa47-4786-baf1-62969dec31f2");
    static final UUID OTHER_USER = id("user other");
    static final UUID PENDING_USER = id("user pending");
    static final UUID DELETED_USER = id("user deleted");

    static final String ACTIVE_IDENTIFIER = "activeuser000000000000000000000000000000";
    static final String OTHER_IDENTIFIER = "otheruser0000000000000000000000000000000";
    static final String PENDING_IDENTIFIER = "pendinguser00000000000000000000000000000";
    static final String DELETED_IDENTIFIER = "deleteduser00000000000000000000000000000";
    static final String UNLINKED_IDENTIFIER = "unlinked00000000000000000000000000000000";
    static final String ELSEWHERE_IDENTIFIER = "elsewhere0000000000000000000000000000000";

    /** When the published expired tokens expired: the time in the seed's example. */
    static final Instant LONG_AGO = Instant.parse("2019-06-06T16:16:16Z");

    static final UUID ENDED_SESSION = id("session ended");

    private static final String CURL_LINES = "curl-lines.properties";
    private static final String SAMPLES = "samples.json";
    private static final String INTERACTION = ".interaction";

    private Fixture() {}

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(("login-token sandbox: " + name).getBytes(StandardCharsets.UTF_8));
    }

    /** Inserts what is missing. A sandbox that was changed is complete again after a restart. */
    static void complete(SandboxData data) {
        data.partner(PARTNER, "sandbox", Optional.of(SANDBOX_PASSWORD_HASH), Partner.Role.APP);
        data.partner(WEBSITE, "website", Optional.of(WEBSITES_PASSWORD_HASH), Partner.Role.WEBSITE);
        data.partner(ELSEWHERE, "elsewhere", Optional.empty(), Partner.Role.APP);
        data.apiKey(API_KEY, PARTNER);
        data.apiKey(WEBSITE_API_KEY, WEBSITE);
        data.user(ACTIVE_USER, Optional.of("active@example.com"), Optional.of(ACTIVE_PASSWORD_HASH));
        data.user(OTHER_USER, Optional.of("other@example.com"), Optional.of(OTHER_PASSWORD_HASH));
        data.user(PENDING_USER, Optional.of("pending@example.com"), Optional.of(PENDING_PASSWORD_HASH));
        data.user(DELETED_USER, Optional.of("deleted@example.com"), Optional.empty());
        data.deleteUser(DELETED_USER);
        data.documentUnderReview(PENDING_USER);
        data.identifier(ACTIVE_IDENTIFIER, PARTNER, ACTIVE_USER);
        data.identifier(OTHER_IDENTIFIER, PARTNER, OTHER_USER);
        data.identifier(PENDING_IDENTIFIER, PARTNER, PENDING_USER);
        data.identifier(DELETED_IDENTIFIER, PARTNER, DELETED_USER);
        data.identifier(UNLINKED_IDENTIFIER, PARTNER, null);
        data.identifier(ELSEWHERE_IDENTIFIER, ELSEWHERE, ACTIVE_USER);
    }

    /** Returns what the sandbox's pages show. */
    static Playground playground() {
        return new Playground(API_KEY, ACTIVE_IDENTIFIER, inhabitants(), curlLines(), samples());
    }

    private static List<Inhabitant> inhabitants() {
        return List.of(
                new Inhabitant("partner", partner("sandbox", "sandbox-password", API_KEY)),
                new Inhabitant(
                        "partner with the role of a website", partner("website", "website-password", WEBSITE_API_KEY)),
                new Inhabitant(
                        "active user",
                        List.of(
                                new Value("uuid", ACTIVE_USER.toString()),
                                new Value("email", "active@example.com"),
                                new Value("password", "active-password"),
                                new Value("identifier", ACTIVE_IDENTIFIER))),
                new Inhabitant("another active user", user("other@example.com", "other-password", OTHER_IDENTIFIER)),
                new Inhabitant(
                        "user with a document under review",
                        user("pending@example.com", "pending-password", PENDING_IDENTIFIER)),
                new Inhabitant("deleted user", List.of(new Value("identifier", DELETED_IDENTIFIER))),
                new Inhabitant(
                        "identifier registered, not linked to a user",
                        List.of(new Value("identifier", UNLINKED_IDENTIFIER))),
                new Inhabitant(
                        "identifier registered by a third partner",
                        List.of(new Value("identifier", ELSEWHERE_IDENTIFIER))),
                new Inhabitant("a failing service", List.of(new Value("API key", FAILURE_API_KEY))));
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
        try (InputStream file = Objects.requireNonNull(Fixture.class.getResourceAsStream(CURL_LINES), CURL_LINES)) {
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

    /** Returns the programs that the build makes from the consumers' interactions. */
    private static Map<String, List<Sample>> samples() {
        try (InputStream file = Objects.requireNonNull(Fixture.class.getResourceAsStream(SAMPLES), SAMPLES)) {
            return new JsonMapper().readValue(file, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

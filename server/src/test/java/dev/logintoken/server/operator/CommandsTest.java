package dev.logintoken.server.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.server.secret.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import static dev.logintoken.server.operator.Said.done;
import static dev.logintoken.server.operator.Said.say;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests what the commands report, and what they refuse. */
final class CommandsTest {

    private static final String IDENTIFIER = "a".repeat(36);
    private static final int REFUSED = 3;

    @BeforeEach
    void setUp() {
        System.setProperty("logintoken.db.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        done("migrate");
        done("partner", "create", "app", "--role", "app");
        done("user", "create", "--email", "a@example.com");
    }

    @AfterEach
    void tearDown() {
        System.clearProperty("logintoken.db.url");
    }

    @Test
    void aMigrationReportsTheMode() {
        assertThat(done("migrate")).hasToString("{\"mode\":\"PRODUCTION\",\"schema\":\"up to date\"}");
        assertThat(done("audit", "list", "--action", "migrate").path("rows")).hasSize(2);
    }

    @Test
    void aPartnerIsReportedWithOriginsInTheFormOfRequests() {
        JsonNode partner = done(
                "partner",
                "create",
                "site",
                "--role",
                "website",
                "--origin",
                "HTTPS://Site.example.com",
                "--origin",
                "http://localhost:3000");
        assertThat(partner.path("username").asText()).isEqualTo("site");
        assertThat(partner.path("role").asText()).isEqualTo("website");
        assertThat(partner.path("origins")).hasToString("[\"https://site.example.com\",\"http://localhost:3000\"]");
        JsonNode partners = done("partner", "list").path("partners");
        assertThat(partners.findValuesAsText("username")).containsExactly("app", "site");
        assertThat(partners.get(1).path("partner")).isEqualTo(partner.path("partner"));
        assertThat(partners.get(1).has("disabled")).isFalse();
        assertThat(actions()).startsWith("audit list", "partner list", "partner create");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "ftp://example.com", "https://example.com/", "https://a b", "https:///x"})
    void whatIsNoOriginIsRefused(String origin) {
        Said said = say("partner", "create", "site", "--role", "app", "--origin", origin);
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.complaint()).contains("An origin looks like", "'" + origin + "'");
    }

    @Test
    void aPartnerIsDisabledAndEnabled() {
        assertThat(done("partner", "disable", "app").has("disabled")).isTrue();
        JsonNode enabled = done("partner", "enable", "app");
        assertThat(enabled.has("disabled")).isFalse();
        assertThat(enabled.path("username").asText()).isEqualTo("app");
        assertRefused("There is a partner 'app' already.", "partner", "create", "app", "--role", "app");
    }

    @Test
    void anApiKeyIsShownOnceAndNamedByItsHash() {
        JsonNode issued = done("api-key", "issue", "app");
        String key = issued.path("apiKey").asText();
        String id = issued.path("id").asText();
        assertThat(HexFormat.of().formatHex(Sha256.of(key))).startsWith(id);
        assertThat(done("api-key", "issue", "app").path("apiKey").asText()).isNotEqualTo(key);
        done("partner", "create", "other", "--role", "app");
        assertThat(done("api-key", "list", "other").path("apiKeys")).isEmpty();
        assertThat(done("api-key", "list", "app").path("apiKeys")).hasSize(2);
        assertThat(done("api-key", "list").path("apiKeys").findValuesAsText("id"))
                .contains(id);
        assertThat(actions())
                .startsWith("audit list", "api-key list", "api-key list", "api-key list", "partner create");
        assertThat(done("api-key", "revoke", id)).hasToString("{\"id\":\"" + id + "\",\"revoked\":true}");
        assertThat(done("api-key", "list").path("apiKeys").findValues("revoked"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789abcdef", "x", "0123456789ABCDEF"})
    void anApiKeyThatNobodyHasIsRefused(String id) {
        assertRefused(
                "There is no API key with the id '" + id + "'. 'api-key list' shows the ids.", "api-key", "revoke", id);
    }

    @Test
    void aUserIsShownUntilErased() {
        JsonNode user = done("user", "show", "A@example.com");
        assertThat(user.path("email").asText()).isEqualTo("a@example.com");
        assertThat(actions()).startsWith("audit list", "user show");
        String uuid = user.path("user").asText();
        JsonNode deleted = done("user", "delete", uuid);
        assertThat(deleted.has("deleted")).isTrue();
        assertThat(deleted.has("email")).isTrue();
        JsonNode erased = done("user", "erase", uuid);
        assertThat(erased.path("user").asText()).isEqualTo(uuid);
        assertThat(erased.has("email")).isFalse();
    }

    @Test
    void aUserIsReportedAndNotCreatedAgain() {
        assertThat(done("user", "create", "--email", "B@example.com")
                        .path("email")
                        .asText())
                .isEqualTo("b@example.com");
        assertRefused(
                "There is already a user with this uuid or email address.",
                "user",
                "create",
                "--email",
                "a@example.com");
        Said said = say("user", "create", "--uuid", UUID.randomUUID().toString(), "--password-stdin");
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.complaint()).contains("A user with a password needs --email ADDRESS");
        assertRefused("There is no user 'c@example.com'.", "user", "show", "c@example.com");
    }

    @Test
    void aDocumentIsReviewedOnce() {
        assertThat(done("document", "set", "a@example.com", "--side", "back").path("documents"))
                .hasToString("[{\"side\":\"back\"}]");
        assertThat(done("document", "review", "a@example.com", "--side", "back")
                        .path("documents")
                        .findValues("reviewed"))
                .hasSize(1);
        assertRefused(
                "The user 'a@example.com' has no such document that waits for review.",
                "document",
                "review",
                "a@example.com");
        done("user", "delete", "a@example.com");
        assertRefused("The user 'a@example.com' was deleted.", "document", "set", "a@example.com", "--side", "back");
    }

    @Test
    void anIdentifierIsLinkedAndUnlinked() {
        assertThat(done("identifier", "link", IDENTIFIER, "--partner", "app", "--user", "a@example.com")
                        .path("identifiers"))
                .hasToString("[{\"identifier\":\"" + IDENTIFIER + "\",\"partner\":\"app\"}]");
        done("user", "create", "--email", "b@example.com");
        assertRefused(
                "The identifier belongs to another partner or user already.",
                "identifier",
                "link",
                IDENTIFIER,
                "--partner",
                "app",
                "--user",
                "b@example.com");
        assertThat(done("identifier", "unlink", IDENTIFIER))
                .hasToString("{\"identifier\":\"" + IDENTIFIER + "\",\"linked\":false}");
        assertRefused("This identifier is not linked to a user.", "identifier", "unlink", IDENTIFIER);
    }

    @Test
    void aRevocationReportsWhatItEnded() {
        for (List<String> whom : List.of(List.of("user", "a@example.com"), List.of("partner", "app"))) {
            JsonNode kept = done("revoke", whom.get(0), whom.get(1));
            assertThat(kept.path("loginTokens").asText()).isEqualTo("revoked");
            assertThat(kept.path("sessions").asText()).isEqualTo("kept");
            assertThat(done("revoke", whom.get(0), whom.get(1), "--sessions")
                            .path("sessions")
                            .asText())
                    .isEqualTo("ended");
        }
        assertThat(done("revoke", "all")).hasToString("{\"loginTokens\":\"revoked\"}");
        assertThat(actions()).startsWith("audit list", "revoke all", "revoke partner", "revoke partner", "revoke user");
    }

    /** Returns the actions in the audit, the newest first. */
    private static List<String> actions() {
        return done("audit", "list").path("rows").findValuesAsText("action");
    }

    private static void assertRefused(String reason, String... words) {
        Said said = say(words);
        assertThat(said.status()).isEqualTo(REFUSED);
        assertThat(said.output()).isEmpty();
        assertThat(said.complaint()).isEqualTo("login-token: " + reason + "\n");
    }
}

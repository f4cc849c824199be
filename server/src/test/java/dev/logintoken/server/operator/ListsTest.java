package dev.logintoken.server.operator;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static dev.logintoken.server.operator.Said.done;
import static dev.logintoken.server.operator.Said.say;
import static org.assertj.core.api.Assertions.assertThat;

/** Lists users and rows of the audit, page by page. */
final class ListsTest {

    private static final String IDENTIFIER = "a".repeat(36);

    private static final List<String> USERS = List.of(uuid(1), uuid(2), uuid(3), uuid(4), uuid(5), uuid(6), uuid(7));

    @BeforeAll
    static void setUp() {
        System.setProperty("logintoken.db.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        done("migrate");
        done("partner", "create", "app", "--role", "app");
        for (String user : USERS) {
            done("user", "create", "--uuid", user, "--email", "user-" + user.charAt(35) + "@example.com");
        }
        done("identifier", "link", IDENTIFIER, "--partner", "app", "--user", uuid(3));
        done("document", "set", uuid(4), "--side", "front");
        done("document", "set", uuid(5), "--side", "front");
        done("document", "review", uuid(5));
        done("user", "delete", uuid(6));
        done("user", "erase", uuid(7));
    }

    @AfterAll
    static void tearDown() {
        System.clearProperty("logintoken.db.url");
    }

    @Test
    void usersAreListedPageByPage() {
        List<String> found = new ArrayList<>();
        JsonNode page = done("user", "list", "--limit", "3");
        found.addAll(page.path("users").findValuesAsText("user"));
        while (page.has("next")) {
            page = done(
                    "user", "list", "--limit", "3", "--after", page.path("next").asText());
            found.addAll(page.path("users").findValuesAsText("user"));
        }
        assertThat(found).containsExactlyElementsOf(USERS);
        assertThat(done("user", "list", "--limit", "7").has("next")).isFalse();
    }

    @Test
    void aUserIsListedWithWhatAnOperatorLooksFor() {
        JsonNode users = done("user", "list").path("users");
        assertThat(users.get(2).toString())
                .isEqualTo("{\"user\":\"" + uuid(3)
                        + "\",\"email\":\"user-3@example.com\",\"waiting\":false,\"identifiers\":1}");
        assertThat(users.get(3).path("waiting").asBoolean()).isTrue();
        assertThat(users.get(4).path("waiting").asBoolean()).isFalse();
        assertThat(users.get(5).has("deleted")).isTrue();
        assertThat(users.get(6).has("email")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "--email USER-2, 2",
        "--email @example.com, 123456",
        "--email _, ''",
        "--partner app, 3",
        "--waiting, 4",
        "--deleted, 67",
        "--deleted --email user, 6"
    })
    void usersAreFiltered(String filter, String numbers) {
        List<String> words = new ArrayList<>(List.of("user", "list"));
        words.addAll(List.of(filter.split(" ")));
        assertThat(done(words.toArray(String[]::new)).path("users").findValuesAsText("user"))
                .containsExactlyElementsOf(
                        numbers.chars().mapToObj(digit -> uuid(digit - '0')).toList());
    }

    @Test
    void theAuditIsListedPageByPageTheNewestFirst() {
        List<String> found = new ArrayList<>();
        JsonNode page = done("audit", "list", "--limit", "4", "--action", "user create");
        found.addAll(page.path("rows").findValuesAsText("user"));
        done("user", "show", uuid(1));
        page = done(
                "audit",
                "list",
                "--limit",
                "4",
                "--action",
                "user create",
                "--after",
                page.path("next").asText());
        found.addAll(page.path("rows").findValuesAsText("user"));
        assertThat(page.has("next")).isFalse();
        assertThat(found).containsExactlyInAnyOrderElementsOf(USERS);
        List<String> times =
                done("audit", "list", "--limit", "1000").path("rows").findValuesAsText("at");
        assertThat(times)
                .hasSizeGreaterThan(14)
                .isSortedAccordingTo((one, other) -> instant(other).compareTo(instant(one)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--user user-4@example.com --action 'document set' | 1",
                "--partner app | 2",
                "--actor nobody | 0",
                "--outcome REDEEMED | 0",
                "--request x | 0",
                "--token 0123456789abcdef | 0",
                "--until 2026-01-01 | 0",
                "--since 2999-01-01T00:00:00Z | 0",
                "--since 2026-01-01 --action migrate | 1"
            })
    void theAuditIsFiltered(String filter, int count) {
        List<String> words = new ArrayList<>(List.of("audit", "list"));
        for (String word : filter.replace("'document set'", "document_set").split(" ")) {
            words.add(word.replace('_', ' '));
        }
        JsonNode rows = done(words.toArray(String[]::new)).path("rows");
        // Listing a partner's data writes a row of the audit, which belongs to that partner.
        assertThat(rows.findValuesAsText("action").stream()
                        .filter(action -> !action.endsWith(" list"))
                        .toList())
                .hasSize(count);
    }

    @Test
    void anOperatorWhoLooksIsAudited() {
        done("user", "list");
        JsonNode newest = done("audit", "list", "--limit", "2").path("rows");
        assertThat(newest.findValuesAsText("action")).containsExactly("audit list", "user list");
        assertThat(newest.get(0).path("actor").asText()).isEqualTo(System.getProperty("user.name"));
    }

    @Test
    void aPageThatCannotBeIsRefused() {
        assertThat(say("user", "list", "--limit", "0").complaint()).contains("--limit", "1 to 1000");
        assertThat(say("user", "list", "--limit", "1001").complaint()).contains("--limit", "1 to 1000");
        assertThat(say("user", "list", "--after", "x").status()).isEqualTo(2);
        assertThat(say("audit", "list", "--after", uuid(1)).status()).isEqualTo(3);
        assertThat(say("audit", "list", "--since", "yesterday").complaint()).contains("--since", "2026-11-24");
        assertThat(say("audit", "list", "--token", "secret").complaint()).contains("--token", "16 hexadecimal digits");
        assertThat(say("user", "list", "--partner", "nobody").status()).isEqualTo(3);
    }

    private static Instant instant(String text) {
        return Instant.parse(text);
    }

    private static String uuid(int number) {
        return "00000000-0000-4000-8000-00000000000" + number;
    }
}

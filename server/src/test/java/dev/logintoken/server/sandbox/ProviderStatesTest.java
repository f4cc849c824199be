package dev.logintoken.server.sandbox;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.database.Database;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Each provider state returns the values that its page promises, and takes back what it made. */
final class ProviderStatesTest {

    private static final Path PAGE = Path.of("../contract-tests/docs/provider-states.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([aAtnm][^|`]*) \\| ([^|]*) \\| [^|]* \\|$");
    private static final Pattern VALUE = Pattern.compile("`(\\w+)`");

    /** All tables of the fixture and its use, but redemptions: those stay, so that no token is redeemed twice. */
    private static final List<String> TABLES = List.of(
            "account",
            "partner",
            "partner_origin",
            "api_key",
            "identifier",
            "document",
            "session",
            "refresh_token",
            "link_consent",
            "attempt_bucket",
            "known_network");

    private static final JdbcConnectionPool POOL =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "", "");

    private static SandboxAssembly sandbox;

    @BeforeAll
    static void open() {
        sandbox = SandboxAssembly.open(
                POOL, RowCache.off(), opened -> Database.open(opened, Database.Mode.SANDBOX, Duration.ofSeconds(5)));
    }

    @AfterAll
    static void close() {
        POOL.dispose();
    }

    static Stream<Arguments> documented() throws IOException {
        return rows().map(row -> arguments(
                row.group(1),
                VALUE.matcher(row.group(2))
                        .results()
                        .map(value -> value.group(1))
                        .toList()));
    }

    private static Stream<MatchResult> rows() throws IOException {
        Matcher rows = ROW.matcher(Files.readString(PAGE));
        return rows.results()
                .filter(row -> !row.group(1).equals("state") && !row.group(1).startsWith("---"));
    }

    @Test
    void allStatesAreOnThePageAndNoOthers() throws IOException {
        assertThat(rows().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(sandbox.states().names());
    }

    @ParameterizedTest
    @MethodSource("documented")
    void aStateReturnsItsValuesAndTakesBackItsRows(String state, List<String> values) {
        Map<String, Long> before = counts();
        Map<String, String> returned =
                sandbox.states().setUp(state, params(state)).orElseThrow();
        assertThat(returned.keySet()).containsExactlyInAnyOrderElementsOf(values);
        assertThat(returned.values()).noneMatch(String::isBlank);
        assertThat(sandbox.states().tearDown(state)).contains(Map.of());
        assertThat(counts()).isEqualTo(before);
    }

    @Test
    void aStateOfAnotherNameIsUnknown() {
        assertThat(sandbox.states().setUp("a partner", Map.of())).isEmpty();
        assertThat(sandbox.states().tearDown("a partner")).isEmpty();
    }

    private static Map<String, Object> params(String state) {
        return switch (state) {
            case "the clock is ahead" -> Map.of("seconds", 301);
            case "the documents of a user are reviewed" -> Map.of("uuid", Fixture.ACTIVE_USER.toString());
            default -> Map.of();
        };
    }

    /** Returns the number of rows of each table. It asks the database itself, which no state lets fail. */
    private static Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        Database.on(POOL).query(handle -> {
            for (String table : TABLES) {
                counts.put(
                        table,
                        handle.select("select count(*) from " + table)
                                .mapTo(Long.class)
                                .one());
            }
            return counts;
        });
        return counts;
    }
}

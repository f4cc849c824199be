package dev.logintoken.server.terminal;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** People read lines and tables, programs read JSON. */
final class ReportTest {

    private static final Map<String, Object> FACTS = Report.of(
            "api keys",
            List.of(
                    Report.of("id", "1", "revoked at", Optional.empty(), "origins", List.of("a", "b")),
                    Report.of(
                            "id",
                            "evil\u001b[2J\nrow\u009b\"",
                            "revoked at",
                            Optional.of("now"),
                            "origins",
                            List.of())),
            "next",
            Optional.of("2"),
            "all",
            true);

    @Test
    void peopleReadTablesAndLinesInTheOrderOfTheFacts() {
        assertThat(printed(false)).isEqualTo("""
                api keys:
                id                             revoked at  origins
                1                              -           a, b
                evil\\u001b[2J\\u000arow\\u009b"  now         -

                next      2
                all       true
                """);
    }

    @Test
    void programsReadJson() {
        assertThat(printed(true)).isEqualTo("""
                {"apiKeys":[{"id":"1","origins":["a","b"]},\
                {"id":"evil\\u001B[2J\\nrow\\u009b\\"","revokedAt":"now","origins":[]}],"next":"2","all":true}
                """);
    }

    private static String printed(boolean json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), FACTS, json);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

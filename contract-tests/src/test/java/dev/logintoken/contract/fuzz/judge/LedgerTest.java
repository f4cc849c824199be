package dev.logintoken.contract.fuzz.judge;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What must not be in a log is found there. */
final class LedgerTest {

    private static final Answer ANSWER = new Answer(400, Map.of(), "{\"errors\":{\"ER802\":{},\"ER806\":{}}}", 1);

    @TempDir
    private Path directory;

    private List<String> faults(String log, String... answered) throws Exception {
        Path file = Files.writeString(directory.resolve("log"), log, StandardCharsets.ISO_8859_1);
        try (Ledger ledger = new Ledger(file, 0, List.of("a-secret"), Duration.ofMillis(200))) {
            for (String id : answered) {
                ledger.answered(id, ANSWER, false);
            }
            return ledger.balance();
        }
    }

    private static String line(String id, String status, String outcome) {
        return "2026-11-24T14:40:07.139+0000 INFO dev.logintoken.exchanges: request=" + id
                + " operation=getLoginToken status=" + status + " outcome=" + outcome + " micros=3120\n";
    }

    @Test
    void anAnswerAndItsLineAreInOrder() throws Exception {
        assertThat(faults(line("a", "400", "ER802,ER806"), "a")).isEmpty();
    }

    @Test
    void anAnswerWithoutALineIsAFault() throws Exception {
        assertThat(faults("", "a")).hasSize(1);
    }

    @Test
    void anAnswerWithTwoLinesIsAFault() throws Exception {
        assertThat(faults(
                        line("a", "400", "ER802,ER806")
                                + line("a", "400", "ER802,ER806").repeat(2),
                        "a"))
                .hasSize(1);
    }

    @Test
    void aLineWithAnotherStatusOrOtherCodesIsAFault() throws Exception {
        assertThat(faults(line("a", "500", "ER802,ER806"), "a")).hasSize(1);
        assertThat(faults(line("a", "400", "ER802"), "a")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Ledger.CANARY + " at the start",
                Ledger.FORGED,
                "a line with \u001b[31m in it",
                "a line with \r in it",
                "a line with \u0000 in it",
                "a line with a-secret in it"
            })
    void aLineFromOutsideIsAFault(String line) throws Exception {
        assertThat(faults(line + "\n")).hasSize(1);
    }

    @Test
    void aQuotedCanaryIsNone() throws Exception {
        assertThat(faults("2026-11-24T14:40:07.139+0000 WARNING x: 'a\\n" + Ledger.FORGED + "'\n"))
                .isEmpty();
    }
}

package dev.logintoken.contract.verification;

import dev.logintoken.kit.ReportPage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The verdicts of a run as one page that needs nothing else. */
final class VerdictPage {

    private final List<Verdict> verdicts;
    private final String counts;

    VerdictPage(List<Verdict> verdicts, String counts) {
        this.verdicts = verdicts;
        this.counts = counts;
    }

    /** Writes the page; failures come first. */
    void write(Path file) throws IOException {
        StringBuilder rows = new StringBuilder();
        verdicts.stream()
                .sorted(Comparator.comparing(Verdict::passed).thenComparing(Verdict::consumer))
                .forEach(verdict -> rows.append(row(verdict)));
        new ReportPage(
                        "Pact verification",
                        "pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0 }"
                                + " .failed { background: #c003 } .pending { background: #cc03 }")
                .write(file, counts, List.of("verdict", "consumer", "interaction"), rows);
    }

    private static String row(Verdict verdict) {
        StringBuilder details = new StringBuilder(escaped(verdict.description()));
        if (!verdict.passed()) {
            if (!verdict.states().isEmpty()) {
                details.append("<br>given ").append(escaped(verdict.states()));
            }
            details.append("<pre>")
                    .append(escaped(String.join("\n", verdict.faults())))
                    .append("</pre><pre>")
                    .append(escaped(verdict.request()))
                    .append("</pre>");
        }
        return "<tr class=%s><td>%s<td>%s<td>%s\n"
                .formatted(verdict.outcome(), verdict.outcome(), escaped(verdict.consumer()), details);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

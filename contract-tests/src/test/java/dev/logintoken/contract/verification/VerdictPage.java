package dev.logintoken.contract.verification;

import java.io.IOException;
import java.nio.file.Files;
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
        Files.writeString(file, """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>Pact verification</title>
                <style>
                  :root { color-scheme: light dark }
                  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
                  table { border-collapse: collapse; width: 100%% }
                  th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884 }
                  pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0 }
                  .failed { background: #c003 } .pending { background: #cc03 }
                </style>
                <h1>Pact verification</h1>
                <p>%s</p>
                <table>
                <tr><th>verdict<th>consumer<th>interaction
                %s</table>
                """.formatted(counts, rows));
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

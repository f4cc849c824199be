package dev.logintoken.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which of the spec's responses and examples were seen in a real exchange. */
public final class Coverage {

    private final Spec spec;
    private final Map<Row, Integer> seen = new LinkedHashMap<>();

    /**
     * Something to be seen.
     *
     * @param message the name of a response, such as a status, or {@code request}
     * @param example the name of an example; empty for a response that has none
     */
    public record Row(String operation, String message, String example) {}

    /** Creates the empty matrix of a spec. */
    public Coverage(Spec spec) {
        this.spec = spec;
        spec.operations().forEach((id, operation) -> {
            operation.get("responses").properties().forEach(response -> {
                List<String> examples = spec.examplesOf(response.getValue());
                (examples.isEmpty() ? List.of("") : examples)
                        .forEach(example -> seen.put(new Row(id, response.getKey(), example), 0));
            });
            if (operation.has("requestBody")) {
                spec.examplesOf(operation.get("requestBody"))
                        .forEach(example -> seen.put(new Row(id, "request", example), 0));
            }
        });
    }

    /** Counts what an exchange shows. */
    public void add(Exchange exchange) {
        String operation = spec.operationId(exchange).orElseThrow();
        seen.replaceAll((row, count) -> row.operation().equals(operation) && shows(exchange, row) ? count + 1 : count);
    }

    /** What was not seen. */
    public List<Row> holes() {
        return seen.entrySet().stream()
                .filter(row -> row.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Prints the matrix and writes it as a page of HTML. */
    public void report(Path page) throws IOException {
        StringBuilder rows = new StringBuilder();
        seen.forEach((row, count) -> {
            System.out.printf(
                    "%-20s %-8s %-14s %s%n", row.operation(), row.message(), row.example(), count == 0 ? "-" : count);
            rows.append("<tr%s><td>%s<td>%s<td>%s<td>%d\n"
                    .formatted(count == 0 ? " class=hole" : "", row.operation(), row.message(), row.example(), count));
        });
        new ReportPage(
                        "Contract coverage",
                        "td:last-child { text-align: right } .hole { background: #c003; font-weight: bold }")
                .write(
                        page,
                        "%d of %d responses and examples of the spec were seen in a real exchange."
                                .formatted(seen.size() - holes().size(), seen.size()),
                        List.of("operation", "message", "example", "exchanges"),
                        rows);
    }

    private boolean shows(Exchange exchange, Row row) {
        if (row.message().equals("request")) {
            return json(exchange.sent()).equals(spec.requestExample(row.operation(), row.example()));
        }
        return spec.responseName(exchange).filter(row.message()::equals).isPresent()
                && (!spec.catalog().containsKey(row.example())
                        || json(exchange.body()).path("errors").has(row.example()));
    }

    private static JsonNode json(String text) {
        try {
            return Spec.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return Spec.JSON.missingNode();
        }
    }
}

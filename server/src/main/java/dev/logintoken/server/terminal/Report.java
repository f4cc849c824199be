package dev.logintoken.server.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Formats a command's report. A report has facts by name. A value is a text, a truth value, a number, a list of texts,
 * or a list of facts. People read it as lines and tables, programs as JSON.
 */
public final class Report {

    private static final String NONE = "-";

    private Report() {}

    /** Returns facts from alternating names and values. An absent value is {@code Optional.empty()}. */
    public static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            facts.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return facts;
    }

    public static void print(PrintStream out, Map<String, Object> facts, boolean json) {
        out.print(json ? json(facts) : text(facts));
        out.flush();
    }

    /**
     * Returns the report as JSON. It uses Jackson's generator only, because creating a mapper takes longer than most
     * commands.
     */
    private static String json(Map<String, Object> facts) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            write(json, facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Escapes characters that Jackson leaves alone but a terminal might act upon. They occur only inside strings.
        return Printable.escaped(text.toString()) + "\n";
    }

    /** Writes a value as JSON. An absent fact is left out, and a value of another type is written as a string. */
    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> facts) {
            json.writeStartObject();
            for (Map.Entry<?, ?> fact : facts.entrySet()) {
                if (!fact.getValue().equals(Optional.empty())) {
                    json.writeFieldName(key(fact.getKey().toString()));
                    write(json, fact.getValue());
                }
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Optional<?> optional) {
            write(json, optional.orElseThrow());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else {
            json.writeString(value.toString());
        }
    }

    /** Returns a fact's name in JSON: {@code api key} becomes {@code apiKey}. */
    private static String key(String name) {
        return Pattern.compile(" (.)")
                .matcher(name)
                .replaceAll(space -> space.group(1).toUpperCase(Locale.ROOT));
    }

    /**
     * Returns the report as lines and tables, in the order of the facts. A table that is not alone has its name above
     * it.
     */
    private static String text(Map<String, Object> facts) {
        StringBuilder text = new StringBuilder();
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
        boolean afterTable = false;
        for (Map.Entry<String, Object> fact : facts.entrySet()) {
            boolean table =
                    fact.getValue() instanceof List<?> list && list.stream().anyMatch(row -> row instanceof Map);
            text.append(!text.isEmpty() && (table || afterTable) ? "\n" : "");
            if (table) {
                text.append(facts.size() == 1 ? "" : fact.getKey() + ":\n").append(table((List<?>) fact.getValue()));
            } else {
                text.append(padded(fact.getKey(), width) + "  " + cell(fact.getValue()) + "\n");
            }
            afterTable = table;
        }
        return text.toString();
    }

    private static String table(List<?> list) {
        List<List<String>> rows = new ArrayList<>();
        for (Object row : list) {
            Map<?, ?> facts = (Map<?, ?>) row;
            if (rows.isEmpty()) {
                rows.add(facts.keySet().stream().map(Object::toString).toList());
            }
            rows.add(facts.values().stream().map(Report::cell).toList());
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream()
                        .mapToInt(other -> other.get(column).length())
                        .max()
                        .orElse(0);
                cells.add(padded(row.get(i), width));
            }
            text.append(String.join("  ", cells).stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String cell(Object value) {
        if (value instanceof List<?> list) {
            return list.isEmpty() ? NONE : list.stream().map(Report::cell).collect(Collectors.joining(", "));
        }
        return value instanceof Optional<?> optional
                ? optional.map(Report::cell).orElse(NONE)
                : Printable.escaped(value.toString());
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}

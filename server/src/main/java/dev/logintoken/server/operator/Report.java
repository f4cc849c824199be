package dev.logintoken.server.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a command tells: facts by name. A value is a text, a truth value, a list of texts, or a list of facts. People
 * read it as lines and tables, programs as JSON.
 */
final class Report {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NONE = "-";

    private Report() {}

    /** Facts from names and values, taking turns; an absent value is {@code Optional.empty()}. */
    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            facts.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return facts;
    }

    static void print(PrintStream out, Map<String, Object> facts, boolean json) {
        out.print(json ? json(facts) : text(facts));
        out.flush();
    }

    private static String json(Map<String, Object> facts) {
        try {
            return JSON.writeValueAsString(plain(facts)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As JSON has it: an absent fact is left out, and what is no text otherwise is one. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> facts) {
            Map<String, Object> plain = new LinkedHashMap<>();
            facts.forEach((name, fact) -> {
                if (!fact.equals(Optional.empty())) {
                    plain.put(key(name.toString()), plain(fact));
                }
            });
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Report::plain).toList();
        }
        if (value instanceof Optional<?> optional) {
            return plain(optional.orElseThrow());
        }
        return value instanceof Boolean ? value : value.toString();
    }

    /** {@code api key} is {@code apiKey}. */
    private static String key(String name) {
        return Pattern.compile(" (.)")
                .matcher(name)
                .replaceAll(space -> space.group(1).toUpperCase(Locale.ROOT));
    }

    private static String text(Map<String, Object> facts) {
        StringBuilder lines = new StringBuilder();
        StringBuilder tables = new StringBuilder();
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
        facts.forEach((name, value) -> {
            if (value instanceof List<?> list && list.stream().anyMatch(row -> row instanceof Map)) {
                tables.append(facts.size() == 1 ? "" : "\n" + name + ":\n").append(table(list));
            } else {
                lines.append(padded(name, width))
                        .append("  ")
                        .append(cell(value))
                        .append('\n');
            }
        });
        return lines.append(tables).toString();
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
            return list.isEmpty() ? NONE : list.stream().map(Object::toString).collect(Collectors.joining(", "));
        }
        return value instanceof Optional<?> optional
                ? optional.map(Object::toString).orElse(NONE)
                : value.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}

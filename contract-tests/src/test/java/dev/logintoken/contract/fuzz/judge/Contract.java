package dev.logintoken.contract.fuzz.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.kit.Spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the spec says of requests: operations, their bodies' fields and their limits. */
public final class Contract {

    /** Where nothing is. */
    public static final Operation NOWHERE = new Operation("nowhere", "", "", Set.of(), List.of());

    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /** Reads a spec. */
    public Contract(Spec spec) {
        spec.document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    Operation operation = operation(spec, path.getKey(), method.getKey(), method.getValue());
                    operations.put(operation.id(), operation);
                }));
    }

    /**
     * An operation.
     *
     * @param fields of the request body; none if it has no body
     */
    public record Operation(String id, String method, String path, Set<Integer> statuses, List<Field> fields) {

        /** Returns whether its requests have a body. */
        public boolean hasBody() {
            return !fields.isEmpty();
        }

        /** Returns a field of its body. */
        public Field field(String name) {
            return fields.stream()
                    .filter(field -> field.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Whether a rule holds, as far as the spec says it without doubt. */
    public enum Holds {
        YES,
        NO,
        PERHAPS
    }

    /**
     * A field of a request body.
     *
     * @param isText whether it is a text; the limits are those of texts
     * @param example a text as it is, any other value in JSON
     */
    public record Field(
            String name, boolean isText, int minLength, int maxLength, Optional<Pattern> pattern, String example) {

        /** Whether a text keeps to the limits; there is a doubt if regular expressions or lengths are read differently. */
        public Holds allows(String text) {
            int points = text.codePointCount(0, text.length());
            boolean ascii = text.chars().allMatch(character -> character < 128);
            boolean fits = fits(points) && fits(text.length());
            if (!fits(points) && !fits(text.length())) {
                return Holds.NO;
            }
            boolean matches = pattern.isEmpty() || pattern.get().matcher(text).find();
            if (fits && matches && ascii) {
                // "$" matches before a last line break in some dialects.
                return pattern.isPresent() && text.endsWith("\n") ? Holds.PERHAPS : Holds.YES;
            }
            return fits && ascii && !matches ? Holds.NO : Holds.PERHAPS;
        }

        private boolean fits(int length) {
            return length >= minLength && length <= maxLength;
        }
    }

    /** Returns all operations. */
    public Collection<Operation> operations() {
        return operations.values();
    }

    /** Returns the operation with an id. */
    public Operation operation(String id) {
        return Optional.ofNullable(operations.get(id)).orElseThrow(() -> new IllegalArgumentException(id));
    }

    private static Operation operation(Spec spec, String path, String method, JsonNode node) {
        List<Field> fields = new ArrayList<>();
        JsonNode schema = node.at("/requestBody/content/application~1json/schema");
        if (!schema.isMissingNode()) {
            spec.resolve(schema)
                    .path("properties")
                    .properties()
                    .forEach(property -> fields.add(field(property.getKey(), spec.resolve(property.getValue()))));
        }
        Set<Integer> statuses = new TreeSet<>();
        node.get("responses").fieldNames().forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
        return new Operation(
                node.get("operationId").asText(), method.toUpperCase(Locale.ROOT), path, statuses, List.copyOf(fields));
    }

    private static Field field(String name, JsonNode schema) {
        boolean isText = schema.path("type").asText().equals("string");
        JsonNode example = schema.path("example");
        return new Field(
                name,
                isText,
                schema.path("minLength").asInt(0),
                schema.path("maxLength").asInt(Integer.MAX_VALUE),
                Optional.ofNullable(schema.get("pattern")).map(JsonNode::asText).map(Pattern::compile),
                isText ? example.asText() : example.isMissingNode() ? "null" : example.toString());
    }
}

package dev.logintoken.server.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.server.resource.SpecResource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the reference shows of the spec beside the renderer: operations to jump to, headers, and errors. */
final class Reference {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final JsonNode spec;
    private final List<Operation> operations = new ArrayList<>();

    /** The ids of the operations that can answer a code. */
    private final Map<String, Set<String>> byCode = new TreeMap<>();

    /** The ids of the operations whose answers have a header; the headers have no operations yet. */
    private final Map<Header, Set<String>> byHeader = new LinkedHashMap<>();

    Reference(JsonNode spec) {
        this.spec = spec;
        spec.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> add(operation.getKey(), path.getKey(), operation.getValue())));
    }

    /**
     * An operation.
     *
     * @param tag the group under which the renderer has it
     * @param fields the names of its parameters and of the fields of its bodies, in the order of the spec
     */
    record Operation(String id, String tag, String method, String path, String summary, String fields) {}

    /**
     * A header of answers.
     *
     * @param operations the operations whose answers have it
     */
    record Header(String name, String description, String operations) {}

    /**
     * An entry of the error catalog.
     *
     * @param code by which clients distinguish errors
     * @param message what is wrong
     * @param solution what the caller can do about it
     * @param operations the operations that can answer it
     */
    record Code(String code, String message, String solution, String operations) {}

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** Returns the headers of answers. One with two meanings is there twice. */
    List<Header> headers() {
        return byHeader.entrySet().stream()
                .map(header -> new Header(
                        header.getKey().name(),
                        header.getKey().description(),
                        header.getValue().size() == operations.size()
                                ? "every operation"
                                : String.join(", ", header.getValue())))
                .toList();
    }

    List<Code> codes() {
        List<Code> codes = new ArrayList<>();
        spec.at("/components/examples").properties().forEach(example -> {
            JsonNode error = example.getValue().at("/value/errors/" + example.getKey());
            codes.add(new Code(
                    example.getKey(),
                    error.path("message").asText(),
                    error.path("solution").asText(),
                    String.join(", ", byCode.getOrDefault(example.getKey(), Set.of()))));
        });
        return codes;
    }

    private void add(String method, String path, JsonNode operation) {
        String id = operation.path("operationId").asText();
        Set<String> fields = new LinkedHashSet<>();
        operation
                .path("parameters")
                .forEach(
                        parameter -> fields.add(resolved(parameter).path("name").asText()));
        addFields(operation.path("requestBody"), fields);
        operation.path("responses").properties().forEach(response -> {
            JsonNode answer = resolved(response.getValue());
            if (response.getKey().startsWith("2")) {
                addFields(answer, fields);
            }
            answer.path("headers")
                    .properties()
                    .forEach(header -> byHeader.computeIfAbsent(
                                    new Header(
                                            header.getKey(),
                                            resolved(header.getValue())
                                                    .path("description")
                                                    .asText()
                                                    .replace("`", ""),
                                            ""),
                                    any -> new LinkedHashSet<>())
                            .add(id));
            answer.findValues("examples")
                    .forEach(examples -> examples.fieldNames()
                            .forEachRemaining(code -> byCode.computeIfAbsent(code, any -> new LinkedHashSet<>())
                                    .add(id)));
        });
        operations.add(new Operation(
                id,
                operation.at("/tags/0").asText(),
                method.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asText(),
                String.join(", ", fields)));
    }

    private void addFields(JsonNode body, Set<String> fields) {
        resolved(body).path("content").forEach(media -> addProperties(media.path("schema"), fields));
    }

    private void addProperties(JsonNode schema, Set<String> fields) {
        JsonNode resolved = resolved(schema);
        resolved.path("properties").properties().forEach(property -> {
            fields.add(property.getKey());
            addProperties(property.getValue(), fields);
        });
    }

    private JsonNode resolved(JsonNode node) {
        return SpecResource.resolved(spec, node);
    }
}

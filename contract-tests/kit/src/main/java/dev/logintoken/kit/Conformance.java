package dev.logintoken.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Compares exchanges with the schemas of a spec. */
final class Conformance {

    private static final String ID = "https://spec.test/openapi";

    private final Spec spec;
    private final SchemaRegistry schemas;
    private final Function<JsonNode, List<String>> bodyRule;

    /** Closes the spec's objects: the provider must not send fields that the spec does not have. */
    Conformance(Spec spec, Function<JsonNode, List<String>> bodyRule) {
        this.spec = spec;
        this.bodyRule = bodyRule;
        String closed = closed(spec.document().deepCopy());
        this.schemas =
                SchemaRegistry.withDialect(Dialects.getOpenApi30(), builder -> builder.schemas(Map.of(ID, closed)));
    }

    /** Returns what is wrong with an answer, by its declaration. */
    List<String> faults(Exchange exchange, JsonNode declared) {
        List<String> faults = new ArrayList<>(headerFaults(exchange, declared.path("headers")));
        if (!exchange.method().equals("HEAD")) {
            faults.addAll(bodyFaults(exchange, declared.path("content")));
        }
        return faults;
    }

    /** Returns what is wrong with a value, by a schema. */
    List<String> schemaFaults(JsonNode schema, JsonNode value) {
        return messages(validate(schema, value));
    }

    /** Adds the examples of a message, each with what is wrong with it. */
    void collect(String where, JsonNode message, List<Spec.Example> examples) {
        message.path("content")
                .forEach(media -> media.path("examples").properties().forEach(example -> {
                    JsonNode value = spec.resolve(example.getValue()).get("value");
                    Set<String> faults = new LinkedHashSet<>(schemaFaults(media.get("schema"), value));
                    faults.addAll(spec.catalogFaults(value));
                    examples.add(new Spec.Example(where + " " + example.getKey(), value, List.copyOf(faults)));
                }));
    }

    private List<String> headerFaults(Exchange exchange, JsonNode headers) {
        List<String> faults = new ArrayList<>();
        headers.properties().forEach(header -> {
            JsonNode declared = spec.resolve(header.getValue());
            Optional<String> value = exchange.header(header.getKey());
            if (value.isEmpty()) {
                if (declared.path("required").asBoolean()) {
                    faults.add("the header " + header.getKey() + " is missing");
                }
                return;
            }
            boolean number = declared.at("/schema/type").asText().equals("integer");
            JsonNode read = number && value.get().matches("\\d+")
                    ? Spec.JSON.getNodeFactory().numberNode(Long.parseLong(value.get()))
                    : TextNode.valueOf(value.get());
            schema(declared.get("schema"))
                    .validate(read)
                    .forEach(error -> faults.add("the header " + header.getKey() + ": " + error.getMessage()));
        });
        return faults;
    }

    private List<String> bodyFaults(Exchange exchange, JsonNode content) {
        if (content.isMissingNode()) {
            return exchange.body().isEmpty() ? List.of() : List.of("there is a body, and none is declared");
        }
        String mediaType = exchange.header("Content-Type").orElse("none").replaceFirst(";.*", "");
        JsonNode declared = content.get(mediaType);
        if (declared == null) {
            return List.of("the media type " + mediaType + " is not declared");
        }
        if (!mediaType.endsWith("json")) {
            return List.of(); // A schema says little of other texts.
        }
        try {
            JsonNode body = Spec.JSON.readTree(exchange.body());
            List<String> faults = new ArrayList<>(schemaFaults(declared.path("schema"), body));
            faults.addAll(spec.catalogFaults(body));
            faults.addAll(bodyRule.apply(body));
            return faults;
        } catch (JsonProcessingException e) {
            return List.of("the body is not JSON");
        }
    }

    private List<Error> validate(JsonNode schema, JsonNode instance) {
        return schema(schema)
                .validate(
                        instance.toString(),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private Schema schema(JsonNode schema) {
        return schema.has("$ref")
                ? schemas.getSchema(SchemaLocation.of(ID + schema.get("$ref").asText()))
                : schemas.getSchema(schema);
    }

    private static List<String> messages(Collection<Error> errors) {
        return errors.stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    /** Returns the spec with its objects closed. */
    private static String closed(JsonNode node) {
        close(node);
        return node.toString();
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && object.has("properties")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Conformance::close);
    }
}

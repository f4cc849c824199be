package dev.logintoken.contract.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.logintoken.interaction.Interaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The contract, as a judge of exchanges. It is stricter with the provider than the spec is with readers: they must
 * ignore fields that they do not know, and the provider must not send any.
 */
public final class Spec {

    /** Reads what consists of one JSON value that names no field twice, and nothing else. */
    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String ID = "https://login-token.test/openapi";

    private final JsonNode document;
    private final SchemaRegistry schemas;

    /** The contract that everything was generated from. */
    public Spec() {
        this(yaml());
    }

    /** Some other state of the contract, in YAML. */
    Spec(String yaml) {
        try {
            this.document = new YAMLMapper().readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        this.schemas = SchemaRegistry.withDialect(
                Dialects.getOpenApi30(), builder -> builder.schemas(Map.of(ID, closed(document.deepCopy()))));
    }

    /** The whole spec. */
    public JsonNode document() {
        return document;
    }

    /** The operations by their ids. */
    public Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        document.get("paths")
                .forEach(path -> path.forEach(
                        operation -> operations.put(operation.get("operationId").asText(), operation)));
        return operations;
    }

    /** The catalog: the entry of each code. */
    public Map<String, JsonNode> catalog() {
        Map<String, JsonNode> catalog = new TreeMap<>();
        document.at("/components/examples").fieldNames().forEachRemaining(code -> catalog.put(code, entry(code)));
        return catalog;
    }

    /** The catalog's entry of a code, missing if it has none. */
    public JsonNode entry(String code) {
        return document.at("/components/examples/" + code + "/value/errors/" + code);
    }

    /** The codes that an operation declares, from its closed set. */
    public Set<String> codes(String operationId) {
        String set = capital(operationId) + "ErrorCode";
        Set<String> codes = new TreeSet<>();
        document.at("/components/schemas/" + set + "/oneOf")
                .forEach(group -> resolve(group).path("enum").forEach(code -> codes.add(code.asText())));
        return codes;
    }

    /** The statuses that an operation declares. */
    public Set<Integer> statuses(String operationId) {
        Set<Integer> statuses = new TreeSet<>();
        operations()
                .getOrDefault(operationId, JSON.missingNode())
                .path("responses")
                .fieldNames()
                .forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
        return statuses;
    }

    /** The headers that an answer must have. */
    public Set<String> requiredHeaders(Exchange exchange) {
        Set<String> names = new TreeSet<>();
        JsonNode responses = operation(exchange).orElseThrow().get("responses");
        resolve(responses.get(String.valueOf(exchange.status())))
                .path("headers")
                .properties()
                .forEach(header -> {
                    if (resolve(header.getValue()).path("required").asBoolean()) {
                        names.add(header.getKey());
                    }
                });
        return names;
    }

    /** How many errors an operation's envelope may hold. */
    public int room(String operationId) {
        return document.at("/components/schemas/" + capital(operationId) + "Errors/properties/errors/maxProperties")
                .asInt();
    }

    /** A name with a capital letter, as schemas of an operation begin. */
    static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** The operation that an exchange belongs to, if it lies within the contract. */
    public Optional<String> operationId(Exchange exchange) {
        return operation(exchange).map(operation -> operation.get("operationId").asText());
    }

    /** The operation that an interaction asks for, if it lies within the contract. */
    public Optional<String> operationId(Interaction interaction) {
        return operationId(new Exchange(interaction.method(), interaction.path(), "", 0, Map.of(), ""));
    }

    /** The headers of an operation's answer that can have one value only. */
    public Map<String, String> fixedHeaders(String operationId, int status) {
        Map<String, String> fixed = new TreeMap<>();
        JsonNode responses =
                operations().getOrDefault(operationId, JSON.missingNode()).path("responses");
        resolve(responses.path(String.valueOf(status)))
                .path("headers")
                .properties()
                .forEach(header -> {
                    JsonNode values = resolve(header.getValue()).at("/schema/enum");
                    if (values.size() == 1) {
                        fixed.put(header.getKey(), values.get(0).asText());
                    }
                });
        return fixed;
    }

    /** The names of the examples of a response or request body. */
    List<String> examplesOf(JsonNode message) {
        List<String> names = new ArrayList<>();
        resolve(message)
                .path("content")
                .forEach(media -> media.path("examples").fieldNames().forEachRemaining(names::add));
        return names;
    }

    /** A named example of an operation's request body. */
    JsonNode requestExample(String operationId, String name) {
        return operations()
                .getOrDefault(operationId, JSON.missingNode())
                .at("/requestBody/content/application~1json/examples/" + name + "/value");
    }

    /** All examples of the operations' responses and requests, each with where it stands and its schema. */
    public List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        operations().forEach((id, operation) -> {
            operation
                    .get("responses")
                    .properties()
                    .forEach(response -> collect(id + " " + response.getKey(), resolve(response.getValue()), examples));
            if (operation.has("requestBody")) {
                collect(id + " request", resolve(operation.get("requestBody")), examples);
            }
        });
        return examples;
    }

    /** A named example and what is wrong with it. */
    public record Example(String where, JsonNode value, List<String> faults) {}

    /** What the contract does not allow in an exchange; nothing if all is well. */
    public List<String> faults(Exchange exchange) {
        Optional<JsonNode> operation = operation(exchange);
        if (operation.isEmpty()) {
            return List.of(exchange.method() + " " + exchange.path() + " is not in the spec");
        }
        JsonNode response = operation.get().get("responses").get(String.valueOf(exchange.status()));
        if (response == null) {
            return List.of("status " + exchange.status() + " is not declared");
        }
        JsonNode declared = resolve(response);
        List<String> faults = new ArrayList<>(headerFaults(exchange, declared.path("headers")));
        if (!exchange.method().equals("HEAD")) {
            faults.addAll(bodyFaults(exchange, declared.path("content")));
        }
        return faults;
    }

    /** What is wrong with an error body beyond its schema: order, keys, texts. */
    public List<String> catalogFaults(JsonNode body) {
        List<String> faults = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        body.path("errors").properties().forEach(entry -> {
            keys.add(entry.getKey());
            if (!entry.getValue().equals(entry(entry.getKey()))) {
                faults.add("the entry " + entry.getKey() + " is not the catalog's: " + entry.getValue());
            }
        });
        if (!keys.equals(keys.stream().sorted().toList())) {
            faults.add("the entries are out of order: " + keys);
        }
        return faults;
    }

    private Optional<JsonNode> operation(Exchange exchange) {
        String method =
                exchange.method().equals("HEAD") ? "get" : exchange.method().toLowerCase(Locale.ROOT);
        return Optional.ofNullable(document.get("paths").get(exchange.path())).map(path -> path.get(method));
    }

    private List<String> headerFaults(Exchange exchange, JsonNode headers) {
        List<String> faults = new ArrayList<>();
        headers.properties().forEach(header -> {
            JsonNode declared = resolve(header.getValue());
            Optional<String> value = exchange.header(header.getKey());
            if (value.isEmpty()) {
                if (declared.path("required").asBoolean()) {
                    faults.add("the header " + header.getKey() + " is missing");
                }
                return;
            }
            boolean number = declared.at("/schema/type").asText().equals("integer");
            JsonNode read = number && value.get().matches("\\d+")
                    ? JSON.getNodeFactory().numberNode(Long.parseLong(value.get()))
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
        try {
            JsonNode body = JSON.readTree(exchange.body());
            List<String> faults = new ArrayList<>(messages(validate(declared.get("schema"), body)));
            faults.addAll(catalogFaults(body));
            faults.addAll(RegionalUrls.faults(body));
            return faults;
        } catch (JsonProcessingException e) {
            return List.of("the body is not JSON");
        }
    }

    /** A JSON text that must be one. */
    public static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(String where, JsonNode message, List<Example> examples) {
        message.path("content")
                .forEach(media -> media.path("examples").properties().forEach(example -> {
                    JsonNode value = resolve(example.getValue()).get("value");
                    Set<String> faults = new LinkedHashSet<>(messages(validate(media.get("schema"), value)));
                    faults.addAll(catalogFaults(value));
                    examples.add(new Example(where + " " + example.getKey(), value, List.copyOf(faults)));
                }));
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

    /** What a node refers to, or the node itself. */
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? resolve(document.at(node.get("$ref").asText().substring(1))) : node;
    }

    private static List<String> messages(Collection<Error> errors) {
        return errors.stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    /** The spec with its objects closed. */
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
        node.forEach(Spec::close);
    }

    /** The contract that everything was generated from, as it was written. */
    public static String yaml() {
        try (InputStream spec = Spec.class.getResourceAsStream("/META-INF/login-token/openapi.yaml")) {
            return new String(
                    Objects.requireNonNull(spec, "the spec is not on the class path")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

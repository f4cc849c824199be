package dev.logintoken.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Judges exchanges by the contract. It is stricter than the spec is for readers: they must ignore unknown fields, and the
 * provider must not send any.
 */
public final class Spec {

    /** Reads what consists of one JSON value that names no field twice, and nothing else. */
    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode document;
    private final Operations operations;
    private final Conformance conformance;

    /** Reads an OpenAPI 3.0 document in YAML or JSON. */
    public Spec(String document) {
        this(document, body -> List.of());
    }

    /**
     * Reads an OpenAPI 3.0 document in YAML or JSON.
     *
     * @param bodyRule says in lines what is wrong with an answer's body and no schema can say
     */
    public Spec(String document, Function<JsonNode, List<String>> bodyRule) {
        try {
            this.document = new YAMLMapper().readTree(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        this.operations = new Operations(this.document.get("paths"));
        this.conformance = new Conformance(this, bodyRule);
    }

    /** Returns the whole document. */
    public JsonNode document() {
        return document;
    }

    /** Returns the operations by their ids. An operation without an id has its method and path as one. */
    public Map<String, JsonNode> operations() {
        return operations.byId();
    }

    /**
     * Returns the catalog of errors: the entry of each code. A document has a catalog if each of its {@code components/examples}
     * is an error: {@code {"errors": {"CODE": {…}}}} under the name {@code CODE}.
     */
    public Map<String, JsonNode> catalog() {
        Map<String, JsonNode> catalog = new TreeMap<>();
        document.at("/components/examples").fieldNames().forEachRemaining(code -> {
            if (!entry(code).isMissingNode()) {
                catalog.put(code, entry(code));
            }
        });
        return catalog;
    }

    /** Returns the catalog's entry of a code, missing if it has none. */
    public JsonNode entry(String code) {
        return document.at("/components/examples/" + code + "/value/errors/" + code);
    }

    /** Returns the codes that an operation declares, from its closed set. */
    public Set<String> codes(String operationId) {
        String set = capital(operationId) + "ErrorCode";
        Set<String> codes = new TreeSet<>();
        document.at("/components/schemas/" + set + "/oneOf")
                .forEach(group -> resolve(group).path("enum").forEach(code -> codes.add(code.asText())));
        return codes;
    }

    /** Returns the statuses that an operation declares one by one. */
    public Set<Integer> statuses(String operationId) {
        Set<Integer> statuses = new TreeSet<>();
        operations()
                .getOrDefault(operationId, JSON.missingNode())
                .path("responses")
                .fieldNames()
                .forEachRemaining(status -> {
                    if (status.matches("\\d+")) { // Not a class of statuses, and not the default.
                        statuses.add(Integer.valueOf(status));
                    }
                });
        return statuses;
    }

    /** Returns the headers that an answer must have. */
    public Set<String> requiredHeaders(Exchange exchange) {
        Set<String> names = new TreeSet<>();
        response(exchange).path("headers").properties().forEach(header -> {
            if (resolve(header.getValue()).path("required").asBoolean()) {
                names.add(header.getKey());
            }
        });
        return names;
    }

    /** Returns how many errors an operation's envelope may hold. */
    public int room(String operationId) {
        return document.at("/components/schemas/" + capital(operationId) + "Errors/properties/errors/maxProperties")
                .asInt();
    }

    /** Returns a name with a capital letter, as schemas of an operation begin. */
    public static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** Returns the id of the operation that an exchange called; empty outside the contract. */
    public Optional<String> operationId(Exchange exchange) {
        return operationId(exchange.method(), exchange.path());
    }

    /**
     * Returns the id of the operation that a request calls; empty outside the contract.
     *
     * @param path without the path of the document's servers
     */
    public Optional<String> operationId(String method, String path) {
        return operations.idOf(method, path);
    }

    /** Returns the name of an answer's response: its status, else the class of its status, else {@code default}. */
    Optional<String> responseName(Exchange exchange) {
        JsonNode responses = operation(exchange).path("responses");
        return Stream.of(String.valueOf(exchange.status()), exchange.status() / 100 + "XX", "default")
                .filter(responses::has)
                .findFirst();
    }

    private JsonNode response(Exchange exchange) {
        return resolve(responseName(exchange)
                .map(operation(exchange).path("responses")::get)
                .orElse(JSON.missingNode()));
    }

    /** Returns the headers of an operation's answer that can have one value only. */
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

    /** Returns the names of the examples of a response or request body. */
    public List<String> examplesOf(JsonNode message) {
        List<String> names = new ArrayList<>();
        resolve(message)
                .path("content")
                .forEach(media -> media.path("examples").fieldNames().forEachRemaining(names::add));
        return names;
    }

    /** Returns a named example of an operation's request body. */
    JsonNode requestExample(String operationId, String name) {
        return operations()
                .getOrDefault(operationId, JSON.missingNode())
                .at("/requestBody/content/application~1json/examples/" + name + "/value");
    }

    /** Returns all examples of the operations' responses and requests. */
    public List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        operations().forEach((id, operation) -> {
            operation
                    .get("responses")
                    .properties()
                    .forEach(response ->
                            conformance.collect(id + " " + response.getKey(), resolve(response.getValue()), examples));
            if (operation.has("requestBody")) {
                conformance.collect(id + " request", resolve(operation.get("requestBody")), examples);
            }
        });
        return examples;
    }

    /**
     * A named example.
     *
     * @param where the operation, its response or request, and the name
     * @param faults lines that say what is wrong with the value
     */
    public record Example(String where, JsonNode value, List<String> faults) {}

    /** Returns lines that say what the contract does not allow in an exchange. */
    public List<String> faults(Exchange exchange) {
        if (operationId(exchange).isEmpty()) {
            return List.of(exchange.method() + " " + exchange.path() + " is not in the spec");
        }
        if (responseName(exchange).isEmpty()) {
            return List.of("status " + exchange.status() + " is not declared");
        }
        return conformance.faults(exchange, response(exchange));
    }

    /** Returns what is wrong with an error body beyond its schema: order, keys, texts. A catalog is needed for that. */
    public List<String> catalogFaults(JsonNode body) {
        if (catalog().isEmpty()) {
            return List.of();
        }
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

    private JsonNode operation(Exchange exchange) {
        return operationId(exchange).map(operations()::get).orElse(JSON.missingNode());
    }

    /** Reads a text that must be JSON. */
    public static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the node that a node refers to, or the node itself. */
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? resolve(document.at(node.get("$ref").asText().substring(1))) : node;
    }
}

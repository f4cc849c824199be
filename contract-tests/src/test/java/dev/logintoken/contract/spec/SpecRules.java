package dev.logintoken.contract.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.kit.Spec;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.events.NodeEvent;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The conventions of {@code spec/README.md} that neither the generator nor Redocly knows. */
final class SpecRules {

    private static final String NAMES = "x-enum-varnames";

    private final JsonNode document;
    private final Spec spec;
    private final List<String> findings = new ArrayList<>();

    private SpecRules(String yaml) {
        this.spec = LoginTokenSpec.of(yaml);
        this.document = spec.document();
    }

    /** What a spec does against the conventions, each with its place. */
    static List<String> findings(String yaml) {
        SpecRules rules = new SpecRules(yaml);
        rules.anchors(yaml);
        rules.schemas("components/schemas", rules.document.at("/components/schemas"));
        rules.schemas("components/headers", rules.document.at("/components/headers"));
        rules.components();
        rules.groups();
        rules.order();
        rules.names();
        rules.texts();
        rules.spec.operations().forEach(rules::operation);
        return rules.findings;
    }

    private void anchors(String yaml) {
        boolean anchored = StreamSupport.stream(
                        new Yaml(new LoaderOptions())
                                .parse(new StringReader(yaml))
                                .spliterator(),
                        false)
                .anyMatch(event -> event instanceof NodeEvent node && node.getAnchor() != null);
        require(!anchored, "the document", "has a YAML anchor or alias");
    }

    private void schemas(String where, JsonNode node) {
        if (node.path("type").isTextual()) {
            schema(where, node);
        }
        require(
                !node.has("oneOf") || where.matches("components/schemas/\\w+ErrorCode"),
                where,
                "has oneOf, which is for sets of codes alone");
        node.properties().forEach(field -> {
            if (!field.getKey().equals("example")) {
                schemas(where + "/" + field.getKey(), field.getValue());
            }
        });
    }

    private void schema(String where, JsonNode schema) {
        boolean named = !where.matches(".*/(items|additionalProperties|schema)");
        require(!named || schema.has("description"), where, "has no description");
        switch (schema.get("type").asText()) {
            case "string" ->
                require(
                        schema.has("enum")
                                || schema.has("maxLength")
                                || Set.of("uuid", "date-time")
                                        .contains(schema.path("format").asText()),
                        where,
                        "is a text of any length");
            case "array" -> require(schema.has("maxItems"), where, "is a list of any length");
            case "integer" -> require(schema.has("minimum") && schema.has("maximum"), where, "is a number of any size");
            case "object" ->
                require(
                        !schema.has("additionalProperties") || schema.has("maxProperties"),
                        where,
                        "is a map of any size");
            default -> {}
        }
        schema.path("required")
                .forEach(name -> require(
                        schema.path("properties").has(name.asText()), where, "requires an unknown " + name.asText()));
    }

    private void components() {
        List<String> references = document.findValuesAsText("$ref");
        document.get("components")
                .properties()
                .forEach(kind -> kind.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> require(
                                kind.getKey().equals("securitySchemes")
                                        || references.contains("#/components/" + kind.getKey() + "/" + name),
                                "components/" + kind.getKey() + "/" + name,
                                "is not used")));
    }

    private void groups() {
        Map<String, String> groups = new HashMap<>();
        document.at("/components/schemas").properties().forEach(schema -> {
            if (schema.getKey().endsWith("ErrorCode")) {
                schema.getValue().path("enum").forEach(code -> {
                    String other = groups.put(code.asText(), schema.getKey());
                    require(other == null, schema.getKey(), "has " + code.asText() + " as well as " + other);
                });
            }
        });
    }

    /** Some generators of clients write the schemas in the spec's order, and a set made of later groups is empty there. */
    private void order() {
        Set<String> above = new HashSet<>();
        document.at("/components/schemas").properties().forEach(schema -> {
            schema.getValue().path("oneOf").forEach(group -> {
                String name = group.path("$ref").asText().replaceFirst(".*/", "");
                require(above.contains(name), schema.getKey(), "stands before its group " + name);
            });
            above.add(schema.getKey());
        });
    }

    /** Generators of clients make one enum of a set, and then know no names but the set's own. */
    private void names() {
        document.at("/components/schemas").properties().forEach(schema -> {
            List<String> names = new ArrayList<>();
            schema.getValue()
                    .path("oneOf")
                    .forEach(group -> spec.resolve(group).path(NAMES).forEach(name -> names.add(name.asText())));
            List<String> own = new ArrayList<>();
            schema.getValue().path(NAMES).forEach(name -> own.add(name.asText()));
            require(
                    names.isEmpty() || own.equals(names),
                    schema.getKey(),
                    "names its codes " + own + ", and its groups name them " + names);
        });
    }

    private void operation(String id, JsonNode operation) {
        operation.path("parameters").forEach(parameter -> {
            String name = spec.resolve(parameter).path("name").asText();
            require(
                    !Set.of("authorization", "x-api-key").contains(name.toLowerCase(Locale.ROOT)),
                    id,
                    "has the parameter " + name + ", which is a security scheme's");
            require(
                    !canBeMistyped(spec.resolve(parameter)) || answersParameters(id),
                    id,
                    "takes " + name + ", and its set of codes has no ParameterErrorCode to answer a wrong value");
        });
        Map<String, String> statuses = new HashMap<>();
        operation.get("responses").properties().forEach(response -> {
            String status = response.getKey();
            JsonNode headers = spec.resolve(response.getValue()).path("headers");
            for (String name : List.of("X-Request-Id", "Cache-Control")) {
                require(
                        spec.resolve(headers.path(name)).path("required").asBoolean(),
                        id + " " + status,
                        "does not promise " + name);
            }
            if (Integer.parseInt(status) >= 400) {
                for (String code : spec.examplesOf(response.getValue())) {
                    String other = statuses.put(code, status);
                    require(
                            other == null || code.equals("ER999"),
                            id,
                            "has " + code + " in " + other + " and " + status);
                }
            }
        });
        require(
                statuses.keySet().equals(spec.codes(id)),
                id,
                "declares the codes " + spec.codes(id) + " and shows " + statuses.keySet());
    }

    /** A header that is a text is judged by its operation, at the stage where the contract wants it. */
    private boolean canBeMistyped(JsonNode parameter) {
        return !parameter.path("in").asText().equals("header")
                || !spec.resolve(parameter.path("schema")).path("type").asText().equals("string");
    }

    private boolean answersParameters(String id) {
        return document.at("/components/schemas/" + Spec.capital(id) + "ErrorCode/oneOf")
                .findValuesAsText("$ref")
                .contains("#/components/schemas/ParameterErrorCode");
    }

    private void texts() {
        document.at("/components/examples")
                .properties()
                .forEach(example -> List.of("message", "solution")
                        .forEach(field -> example.getValue()
                                .findValuesAsText(field)
                                .forEach(text -> text(example.getKey(), text))));
    }

    private void text(String code, String text) {
        require(
                !text.contains("\\"),
                "components/examples/" + code,
                "has a backslash, which callers would see; write the character itself");
    }

    private void require(boolean holds, String where, String finding) {
        if (!holds) {
            findings.add(where + " " + finding);
        }
    }
}

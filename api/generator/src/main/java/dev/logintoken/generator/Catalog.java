package dev.logintoken.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.apache.commons.text.StringEscapeUtils;
import org.openapitools.codegen.utils.ModelUtils;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the error catalog: texts from {@code components/examples}, statuses from the responses that show them. */
final class Catalog {

    private final Map<String, JsonNode> texts = new TreeMap<>();
    private final Map<String, SortedSet<Integer>> statuses = new TreeMap<>();

    /** Reads the catalog of a spec. Examples that are not errors are left out. */
    Catalog(OpenAPI openAPI) {
        if (openAPI.getComponents() != null && openAPI.getComponents().getExamples() != null) {
            openAPI.getComponents().getExamples().forEach((name, example) -> {
                if (example.getValue() instanceof JsonNode value
                        && value.path("errors").isObject()) {
                    texts.put(name, value.get("errors").path(name));
                }
            });
        }
        Operations.of(openAPI).forEach((id, operation) -> statuses(openAPI, operation));
    }

    private void statuses(OpenAPI openAPI, Operation operation) {
        operation.getResponses().forEach((status, response) -> {
            if (status.matches("[45]\\d\\d")) {
                ApiResponse resolved = ModelUtils.getReferencedApiResponse(openAPI, response);
                if (resolved.getContent() != null) {
                    resolved.getContent().values().forEach(media -> {
                        if (media.getExamples() != null) {
                            media.getExamples()
                                    .forEach((key, example) -> statuses.computeIfAbsent(
                                                    code(key, example), any -> new TreeSet<>())
                                            .add(Integer.valueOf(status)));
                        }
                    });
                }
            }
        });
    }

    private static String code(String key, Example example) {
        return example.get$ref() == null ? key : ModelUtils.getSimpleRef(example.get$ref());
    }

    /** Returns the codes that have texts. */
    Set<String> codes() {
        return texts.keySet();
    }

    /** Returns the names that responses refer to but no example has. */
    List<String> dangling(OpenAPI openAPI) {
        return statuses.keySet().stream()
                .filter(name -> openAPI.getComponents().getExamples() == null
                        || !openAPI.getComponents().getExamples().containsKey(name))
                .toList();
    }

    /** Returns the entry of a code; a missing node if its example is none. */
    JsonNode entry(String code) {
        return texts.getOrDefault(code, MissingNode.getInstance());
    }

    /** Returns the statuses with which responses show a code. */
    SortedSet<Integer> statuses(String code) {
        return statuses.getOrDefault(code, new TreeSet<>());
    }

    /** Returns every code with its status, and with its texts as Java literals. */
    List<Map<String, Object>> entries() {
        return texts.entrySet().stream()
                .map(entry -> Map.<String, Object>of(
                        "code", entry.getKey(),
                        "status", statuses(entry.getKey()).first(),
                        "message", literal(entry.getValue().get("message")),
                        "solution", literal(entry.getValue().get("solution"))))
                .toList();
    }

    private static String literal(JsonNode text) {
        return '"' + StringEscapeUtils.escapeJava(text.asText()) + '"';
    }
}

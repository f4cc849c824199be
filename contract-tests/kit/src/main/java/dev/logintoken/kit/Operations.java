package dev.logintoken.kit;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds operations by id, or by the method and path of a request.
 *
 * @param paths the {@code paths} of an OpenAPI document
 */
record Operations(JsonNode paths) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "patch", "trace");

    /** Returns the operations by their ids. An operation without an id has its method and path as one. */
    Map<String, JsonNode> byId() {
        Map<String, JsonNode> operations = new TreeMap<>();
        paths.properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation ->
                                operations.put(id(operation.getKey(), path.getKey()), operation.getValue())));
        return operations;
    }

    private String id(String method, String path) {
        return paths.get(path).get(method).path("operationId").asText(method.toUpperCase(Locale.ROOT) + " " + path);
    }

    /**
     * Returns the id of the operation that a request calls, if it lies within the contract.
     *
     * @param path without the path of the document's servers
     */
    Optional<String> idOf(String method, String path) {
        String name = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        // A path without parameters comes first, as OpenAPI says.
        Optional<String> template = paths.has(path)
                ? Optional.of(path)
                : paths.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(declared -> pattern(declared).matcher(path).matches())
                        .findFirst();
        return template.filter(declared -> paths.get(declared).has(name)).map(declared -> id(name, declared));
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(Pattern.quote(template).replaceAll("\\{[^}]*}", "\\\\E[^/]+\\\\Q"));
    }
}

package dev.logintoken.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An interaction in a Pact file of version 3 or 4.
 *
 * @param file the file's name
 * @param description the consumer's description of it
 * @param states the provider states, each an object with {@code name} and optional {@code params}
 * @param query the query of the URL; empty if there is none
 * @param headers the request's headers, each as one value
 * @param body the request's body, a missing node if there is none; a text if it is not JSON
 * @param generators the values of the request that come from provider states, by the part of the request
 * @param answer the body that the consumer expects; a missing node if there is none
 */
public record Interaction(
        String file,
        String description,
        JsonNode states,
        String method,
        String path,
        String query,
        Map<String, String> headers,
        JsonNode body,
        JsonNode generators,
        int status,
        JsonNode answer) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where an expression has the value of a provider state. Its group is the value's name. */
    static final Pattern VALUE = Pattern.compile("\\$\\{(\\w+)}");

    /** The path of a field that is in no other object. */
    private static final Pattern FIELD = Pattern.compile("\\$\\.(\\w+)");

    /** Reads all interactions of all Pact files in a folder, in the order of the file names. */
    public static List<Interaction> in(Path folder) throws IOException {
        List<Interaction> interactions = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                JSON.readTree(file.toFile())
                        .path("interactions")
                        .forEach(node -> interactions.add(of(file.getFileName().toString(), node)));
            }
        }
        return interactions;
    }

    private static Interaction of(String file, JsonNode node) {
        JsonNode request = node.path("request");
        Map<String, String> headers = new LinkedHashMap<>();
        request.path("headers")
                .properties()
                .forEach(header -> headers.put(header.getKey(), joined(header.getValue(), ", ")));
        List<String> query = new ArrayList<>();
        if (request.path("query").isTextual()) {
            query.add(request.path("query").asText());
        } else {
            request.path("query")
                    .properties()
                    .forEach(parameter -> parameter
                            .getValue()
                            .forEach(value -> query.add(parameter.getKey() + "=" + value.asText())));
        }
        return new Interaction(
                file,
                node.path("description").asText(),
                node.path("providerStates"),
                request.path("method").asText(),
                request.path("path").asText(),
                String.join("&", query),
                headers,
                content(request.path("body")),
                request.path("generators"),
                node.at("/response/status").asInt(),
                content(node.at("/response/body")));
    }

    private static String joined(JsonNode values, String separator) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return values.isArray() ? String.join(separator, texts) : values.asText();
    }

    /** Returns the content of a body, which version 4 wraps. */
    private static JsonNode content(JsonNode body) {
        return body.has("content") ? body.get("content") : body;
    }

    /**
     * Returns the request's headers with the values of provider states.
     *
     * @param filled turns an expression, such as <code>Bearer ${partnerToken}</code>, into what to send
     */
    public Map<String, String> headers(UnaryOperator<String> filled) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        generators.path("header").properties().forEach(header -> all.put(header.getKey(), expression(header, filled)));
        return all;
    }

    /** Returns the text of the request's body with the values of provider states; empty if there is no body. */
    public String text(UnaryOperator<String> filled) {
        JsonNode copy = body.deepCopy();
        generators.path("body").properties().forEach(field -> {
            Matcher name = FIELD.matcher(field.getKey());
            if (copy instanceof ObjectNode object && name.matches()) {
                object.put(name.group(1), expression(field, filled));
            }
        });
        return copy.isMissingNode() ? "" : copy.isTextual() ? copy.asText() : copy.toString();
    }

    private static String expression(Map.Entry<String, JsonNode> generator, UnaryOperator<String> filled) {
        return filled.apply(generator.getValue().path("expression").asText());
    }

    /** Returns the codes of the errors that the consumer expects. */
    public List<String> codes() {
        List<String> codes = new ArrayList<>();
        answer.path("errors").fieldNames().forEachRemaining(codes::add);
        return codes;
    }

    /** Returns path and query of the URL. */
    String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** Returns method and path, by which the spec identifies the operation. */
    public String operation() {
        return method + " " + path;
    }

    @Override
    public String toString() {
        return file + ": " + description;
    }
}

package dev.logintoken.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.server.resource.SpecResource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer that the spec declares for an operation.
 *
 * @param status its HTTP status
 * @param example the name of the example, empty if the answer has no body
 * @param headers the declared headers, each with the example of the spec
 * @param body the example, missing if the answer has no body
 */
record DeclaredAnswer(int status, String example, Map<String, String> headers, JsonNode body) {

    /** Returns all answers by operation id, each in the order of the spec. */
    static Map<String, List<DeclaredAnswer>> byOperation(JsonNode spec) {
        Map<String, List<DeclaredAnswer>> answers = new LinkedHashMap<>();
        for (JsonNode path : spec.path("paths")) {
            for (JsonNode operation : path) {
                if (operation.has("operationId")) {
                    answers.put(operation.get("operationId").asText(), of(spec, operation));
                }
            }
        }
        return answers;
    }

    private static List<DeclaredAnswer> of(JsonNode spec, JsonNode operation) {
        List<DeclaredAnswer> answers = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : operation.path("responses").properties()) {
            int status = Integer.parseInt(entry.getKey());
            JsonNode response = SpecResource.resolved(spec, entry.getValue());
            Map<String, String> headers = new LinkedHashMap<>();
            response.path("headers")
                    .forEachEntry((name, header) -> headers.put(
                            name,
                            SpecResource.resolved(spec, header).path("example").asText()));
            JsonNode examples = response.at("/content/application~1json/examples");
            if (examples.isMissingNode()) {
                answers.add(new DeclaredAnswer(status, "", headers, examples));
            }
            for (Map.Entry<String, JsonNode> example : examples.properties()) {
                JsonNode body = SpecResource.resolved(spec, example.getValue()).path("value");
                answers.add(new DeclaredAnswer(status, example.getKey(), headers, body));
            }
        }
        return answers;
    }

    @Override
    public String toString() {
        return (status + " " + example).strip();
    }
}

package dev.logintoken.contract.pact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.logintoken.interaction.Interaction;
import dev.logintoken.kit.Spec;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static dev.logintoken.api.model.BodyErrorCode.BODY_INVALID;
import static dev.logintoken.api.model.BodyErrorCode.BODY_TOO_LARGE;
import static dev.logintoken.api.model.ClientErrorCode.API_KEY_INVALID;
import static dev.logintoken.api.model.ClientErrorCode.API_KEY_MISSING;
import static dev.logintoken.api.model.ClientErrorCode.CLIENT_TOKEN_EXPIRED;
import static dev.logintoken.api.model.ClientErrorCode.CLIENT_TOKEN_INVALID;
import static dev.logintoken.api.model.ClientErrorCode.CLIENT_TOKEN_MISSING;
import static dev.logintoken.api.model.ClientErrorCode.MULTIPLE_METHODS;
import static dev.logintoken.api.model.GeneralErrorCode.GENERAL_ERROR;

/**
 * Samples the refusals that operations share: of the client, of the body, and by a failure. A sample is a request that
 * succeeds, altered so that one of these steps refuses it. So the author of an operation writes an interaction that succeeds
 * and those of its own codes.
 */
public final class SharedSteps {

    private static final String CONSUMER = "shared-steps";
    private static final List<String> CREDENTIALS = List.of("X-Api-Key", "Authorization");
    private static final int TOO_LARGE = 16_400;

    private static final List<Sample> SAMPLES = List.of(
            client("no authentication", Map.of(), CLIENT_TOKEN_MISSING.code(), API_KEY_MISSING.code()),
            client(
                    "two methods of authentication",
                    Map.of("X-Api-Key", "sandbox-api-key", "Authorization", "Bearer x"),
                    MULTIPLE_METHODS.code()),
            client(
                    "an authorization of another scheme",
                    Map.of("Authorization", "Basic eDp5"),
                    CLIENT_TOKEN_MISSING.code()),
            client("an empty API key", Map.of("X-Api-Key", ""), API_KEY_MISSING.code()),
            client("a token that is none", Map.of("Authorization", "Bearer garbage"), CLIENT_TOKEN_INVALID.code()),
            client("an unknown API key", Map.of("X-Api-Key", "nobodys-api-key"), API_KEY_INVALID.code()),
            new Sample(
                    "an expired partner token",
                    Set.of(CLIENT_TOKEN_EXPIRED.code()),
                    400,
                    Map.of("Authorization", "Bearer ${partnerToken}"),
                    null,
                    "an expired partner token"),
            body("a body that is not JSON", TextNode.valueOf("{\"half"), BODY_INVALID.code(), BODY_INVALID.status()),
            body(
                    "a body that is too large",
                    Spec.JSON.createObjectNode().put("filler", "x".repeat(TOO_LARGE)),
                    BODY_TOO_LARGE.code(),
                    BODY_TOO_LARGE.status()),
            failure("a service that fails", 500, "the service fails"),
            failure("a database that does not answer", 503, "the database does not answer"));

    private final Spec spec;
    private final List<Interaction> written;

    /**
     * Samples of the operations of a spec.
     *
     * @param written the interactions of the consumers
     */
    SharedSteps(Spec spec, List<Interaction> written) {
        this.spec = spec;
        this.written = written;
    }

    /**
     * How a request is altered, and what the answer then is.
     *
     * @param credentials the headers in place of the caller's; null to leave those
     * @param body in place of the request's; null to leave that
     * @param state one more provider state; null for none
     */
    private record Sample(
            String what,
            Set<String> codes,
            int status,
            @Nullable Map<String, String> credentials,
            @Nullable JsonNode body,
            @Nullable String state) {}

    private static Sample client(String what, Map<String, String> credentials, String... codes) {
        return new Sample(what, Set.of(codes), CLIENT_TOKEN_MISSING.status(), credentials, null, null);
    }

    private static Sample body(String what, JsonNode body, String code, int status) {
        return new Sample(what, Set.of(code), status, null, body, null);
    }

    private static Sample failure(String what, int status, String state) {
        return new Sample(what, Set.of(GENERAL_ERROR.code()), status, null, null, state);
    }

    /** Returns the codes that are sampled wherever an operation has them. */
    public static Set<String> codes() {
        return Set.copyOf(SAMPLES.stream()
                .flatMap(sample -> sample.codes().stream())
                .distinct()
                .toList());
    }

    /** Returns a Pact of all samples. */
    JsonNode pact() {
        ObjectNode pact = Spec.JSON.createObjectNode();
        pact.putObject("consumer").put("name", CONSUMER);
        pact.putObject("provider").put("name", ConsumersPacts.PROVIDER);
        ArrayNode interactions = pact.putArray("interactions");
        spec.operations()
                .keySet()
                .forEach(id -> SAMPLES.stream()
                        .filter(sample -> spec.codes(id).containsAll(sample.codes()))
                        .forEach(sample -> success(id, sample)
                                .ifPresent(success -> interactions.add(interaction(id, success, sample)))));
        pact.putObject("metadata").putObject("pactSpecification").put("version", "3.0.0");
        return pact;
    }

    /** The first request that succeeds, and that says who calls if that is what is altered. */
    private Optional<Interaction> success(String operationId, Sample sample) {
        return written.stream()
                .filter(interaction -> spec.operationId(interaction.method(), interaction.path())
                        .filter(operationId::equals)
                        .isPresent())
                .filter(interaction -> interaction.status() < 300)
                .filter(interaction -> sample.credentials() == null
                        || CREDENTIALS.stream().anyMatch(interaction.headers()::containsKey))
                .findFirst();
    }

    private JsonNode interaction(String operationId, Interaction success, Sample sample) {
        ObjectNode interaction = Spec.JSON.createObjectNode();
        interaction.put("description", sample.what() + " at " + operationId);
        ArrayNode states = interaction.putArray("providerStates");
        success.states().forEach(states::add);
        if (sample.state() != null) {
            states.addObject().put("name", sample.state());
        }
        interaction.set("request", request(success, sample));
        interaction.set("response", response(operationId, sample));
        return interaction;
    }

    private static JsonNode request(Interaction success, Sample sample) {
        ObjectNode request = Spec.JSON.createObjectNode();
        request.put("method", success.method()).put("path", success.path());
        if (!success.query().isEmpty()) {
            request.put("query", success.query());
        }
        ObjectNode headers = request.putObject("headers");
        success.headers().forEach(headers::put);
        ObjectNode generators =
                success.generators().isObject() ? success.generators().deepCopy() : Spec.JSON.createObjectNode();
        JsonNode body = success.body();
        if (sample.body() != null) {
            body = sample.body();
            generators.remove("body");
        }
        if (sample.credentials() != null) {
            ObjectNode fromStates = generators.withObject("/header");
            headers.remove(CREDENTIALS);
            fromStates.remove(CREDENTIALS);
            sample.credentials().forEach((name, value) -> {
                headers.put(name, value);
                if (value.contains("${")) {
                    fromStates
                            .putObject(name)
                            .put("type", "ProviderState")
                            .put("expression", value)
                            .put("dataType", "STRING");
                }
            });
        }
        if (!body.isMissingNode()) {
            request.set("body", body);
        }
        request.set("generators", generators);
        return request;
    }

    private JsonNode response(String operationId, Sample sample) {
        ObjectNode response = Spec.JSON.createObjectNode();
        response.put("status", sample.status());
        ObjectNode headers = response.putObject("headers");
        headers.put("Content-Type", "application/json");
        spec.fixedHeaders(operationId, sample.status()).forEach(headers::put);
        ObjectNode errors = response.putObject("body").putObject("errors");
        sample.codes().stream().sorted().forEach(code -> errors.set(code, spec.entry(code)));
        response.putObject("matchingRules")
                .putObject("header")
                .putObject("Content-Type")
                .put("combine", "AND")
                .putArray("matchers")
                .addObject()
                .put("match", "regex")
                .put("regex", "application/json(;.*)?");
        return response;
    }
}

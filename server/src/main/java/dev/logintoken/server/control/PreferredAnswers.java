package dev.logintoken.server.control;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logintoken.server.contract.ContractFeature;
import dev.logintoken.server.http.ErrorBody;
import dev.logintoken.server.http.OperationId;
import dev.logintoken.server.log.Escaped;
import dev.logintoken.server.log.RequestId;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers a request with the example of the spec that its header {@code Prefer} names, in place of the operation. Then a
 * consumer can try out how it handles any answer. The header {@code Preference-Applied} tells such an answer apart.
 */
public final class PreferredAnswers implements ContainerRequestFilter {

    private static final String APPLIED = "Preference-Applied";
    private static final String ERRORS = "errors";

    private final Supplier<JsonNode> spec;
    private @Nullable Map<String, List<DeclaredAnswer>> declared;

    /**
     * Creates the filter.
     *
     * @param spec returns the spec; it is asked once, at the first request with a preference
     */
    public PreferredAnswers(Supplier<JsonNode> spec) {
        this.spec = spec;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Preferences preferences = Preferences.of(request.getHeaders().getOrDefault(Preferences.HEADER, List.of()));
        if (preferences.nameAnAnswer()) {
            OperationId.of(request)
                    .flatMap(operation -> Optional.ofNullable(declared().get(operation)))
                    .map(answers -> answer(answers, preferences))
                    .ifPresent(request::abortWith);
        }
    }

    private synchronized Map<String, List<DeclaredAnswer>> declared() {
        if (declared == null) {
            declared = DeclaredAnswer.byOperation(spec.get());
        }
        return declared;
    }

    private static Response answer(List<DeclaredAnswer> declared, Preferences preferences) {
        List<String> examples = preferences.examples();
        List<DeclaredAnswer> allowed = declared.stream()
                .filter(answer -> preferences.allow(answer.status()))
                .toList();
        if (examples.isEmpty()) {
            return allowed.isEmpty() ? undeclared(declared, preferences) : answer(allowed.subList(0, 1));
        }
        // All of them have the status of the first.
        List<DeclaredAnswer> chosen = named(allowed, examples.get(0))
                .limit(1)
                .flatMap(first -> examples.stream()
                        .flatMap(
                                example -> named(allowed, example).filter(answer -> answer.status() == first.status())))
                .toList();
        boolean all = chosen.size() == examples.size();
        boolean mergeable = chosen.size() < 2
                || chosen.stream().allMatch(answer -> answer.body().has(ERRORS));
        return all && mergeable ? answer(chosen) : undeclared(declared, preferences);
    }

    private static Stream<DeclaredAnswer> named(List<DeclaredAnswer> answers, String example) {
        return answers.stream().filter(answer -> answer.example().equals(example));
    }

    private static Response answer(List<DeclaredAnswer> chosen) {
        DeclaredAnswer first = chosen.get(0);
        ResponseBuilder response = Response.status(first.status());
        first.headers().forEach((name, value) -> {
            if (!name.equals(RequestId.HEADER)) {
                response.header(name, value);
            }
        });
        if (!first.body().isMissingNode()) {
            response.type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(first.body().has(ERRORS) ? errors(chosen) : first.body());
        }
        String examples = chosen.stream().map(DeclaredAnswer::example).collect(Collectors.joining(" "));
        return response.header(
                        APPLIED, "code=" + first.status() + (examples.isEmpty() ? "" : ", example=" + quoted(examples)))
                .build();
    }

    private static String quoted(String examples) {
        return examples.indexOf(' ') < 0 ? examples : '"' + examples + '"';
    }

    /** Returns one body with the errors of all examples, in ascending order of their codes. */
    private static ErrorBody errors(List<DeclaredAnswer> chosen) {
        ObjectNode all = ContractFeature.JSON.createObjectNode();
        chosen.stream()
                .flatMap(answer -> answer.body().get(ERRORS).properties().stream())
                .sorted(Map.Entry.comparingByKey())
                .forEach(error -> all.set(error.getKey(), error.getValue()));
        return new ErrorBody(
                ContractFeature.JSON.convertValue(all, new TypeReference<Map<String, ErrorBody.Item>>() {}));
    }

    private static Response undeclared(List<DeclaredAnswer> declared, Preferences preferences) {
        String wanted = Stream.concat(preferences.code().stream(), preferences.examples().stream())
                .collect(Collectors.joining(" "));
        return Response.status(Response.Status.BAD_REQUEST)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Map.of(
                        "error",
                        "The operation has no answer '" + Escaped.text(wanted) + "'. 'declared' lists those it has.",
                        "declared",
                        declared.stream().map(DeclaredAnswer::toString).toList()))
                .build();
    }
}

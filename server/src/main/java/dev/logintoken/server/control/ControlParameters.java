package dev.logintoken.server.control;

import dev.logintoken.server.http.OperationId;
import dev.logintoken.server.testrun.TestRuns;
import dev.logintoken.settings.Nearest;
import dev.logintoken.settings.WholeNumber;
import jakarta.annotation.Priority;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.ResourceMethod;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Records the operation of each request. It refuses a request to control the sandbox in one line if a parameter of the
 * query is wrong, before JAX-RS reads it. The allowed values are those of the generated interface.
 */
@Priority(0) // Before a filter answers in place of the operation.
final class ControlParameters implements ContainerRequestFilter {

    private static final String CONTROL = "dev.logintoken.control";

    @Override
    public void filter(ContainerRequestContext request) {
        ResourceMethod matched = ((ExtendedUriInfo) request.getUriInfo()).getMatchedResourceMethod();
        OperationId.of(request).ifPresent(operation -> request.setProperty(TestRuns.OPERATION, operation));
        Method method = matched.getInvocable().getDefinitionMethod();
        if (method.getDeclaringClass().getPackageName().equals(CONTROL)) {
            complaint(method, request.getUriInfo().getQueryParameters())
                    .ifPresent(line -> request.abortWith(Refused.because(line)));
        }
    }

    private static Optional<String> complaint(Method operation, MultivaluedMap<String, String> query) {
        Map<String, Parameter> declared = new LinkedHashMap<>();
        Stream.of(operation.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(QueryParam.class))
                .forEach(parameter ->
                        declared.put(parameter.getAnnotation(QueryParam.class).value(), parameter));
        for (Map.Entry<String, List<String>> sent : query.entrySet()) {
            Parameter parameter = declared.get(sent.getKey());
            if (parameter == null) {
                return Optional.of(unknown(sent.getKey(), List.copyOf(declared.keySet())));
            }
            if (sent.getValue().size() > 1) {
                return Optional.of("The parameter '" + sent.getKey() + "' comes "
                        + sent.getValue().size() + " times: send it once.");
            }
            if (!allows(parameter, sent.getValue().get(0))) {
                return Optional.of("The parameter '" + sent.getKey() + "' must be " + allowed(parameter) + ", not '"
                        + sent.getValue().get(0) + "'.");
            }
        }
        return declared.entrySet().stream()
                .filter(entry ->
                        entry.getValue().isAnnotationPresent(NotNull.class) && !query.containsKey(entry.getKey()))
                .findFirst()
                .map(missing -> "The parameter '" + missing.getKey() + "' is missing. It must be "
                        + allowed(missing.getValue()) + ".");
    }

    private static String unknown(String name, List<String> names) {
        return "There is no parameter '" + name + "'."
                + (names.isEmpty()
                        ? " The operation takes none."
                        : " The nearest is '" + new Nearest(names).to(name) + "'.");
    }

    private static boolean allows(Parameter parameter, String text) {
        try {
            if (parameter.getType() == Instant.class) {
                OffsetDateTime.parse(text);
                return true;
            }
            if (parameter.getType() == String.class) {
                Pattern pattern = parameter.getAnnotation(Pattern.class);
                return pattern == null || text.matches(pattern.regexp());
            }
            long number = WholeNumber.parse(text);
            return number >= min(parameter) && number <= max(parameter);
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String allowed(Parameter parameter) {
        if (parameter.getType() == Instant.class) {
            return "a time such as 2026-03-01T12:00:00Z";
        }
        if (parameter.getType() == String.class) {
            return "one of "
                    + parameter
                            .getAnnotation(Pattern.class)
                            .regexp()
                            .replaceAll("[$^()]", "")
                            .replace("|", ", ");
        }
        return "a whole number from " + min(parameter) + " to " + max(parameter);
    }

    private static long min(Parameter parameter) {
        return parameter.getAnnotation(Min.class).value();
    }

    private static long max(Parameter parameter) {
        return parameter.getAnnotation(Max.class).value();
    }
}

package dev.logintoken.server.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logintoken.server.auth.ClientAuthenticator;
import dev.logintoken.server.error.ErrorBody;
import dev.logintoken.server.log.EventLog;
import dev.logintoken.server.log.RequestId;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.slf4j.MDC;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts every exchange and logs it in one line: who asked for what, what came of it, and how long that took. No line
 * holds a header or a body.
 */
@PreMatching
@Priority(1) // Just inside of what gives the exchange its id.
public final class Exchanges implements ContainerRequestFilter, ContainerResponseFilter {

    /** W3C Trace Context, section 3.2: version, trace id, parent id, flags. */
    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private static final String CONTRACT = "dev.logintoken.api";
    private static final String BEGIN = Exchanges.class.getName() + ".begin";
    private static final JsonMapper JSON = new JsonMapper();
    private static final EventLog LOG = new EventLog("exchanges");

    private final Metrics metrics;
    private final boolean json;

    /**
     * The exchanges from now on.
     *
     * @param metrics counts them
     * @param json whether their lines are JSON objects
     */
    public Exchanges(Metrics metrics, boolean json) {
        this.metrics = metrics;
        this.json = json;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        MDC.remove(ClientAuthenticator.CALLER);
        request.setProperty(BEGIN, System.nanoTime());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Duration duration = request.getProperty(BEGIN) instanceof Long begin
                ? Duration.ofNanos(System.nanoTime() - begin)
                : Duration.ZERO;
        String operation = operation(request);
        Collection<String> outcomes = response.getEntity() instanceof ErrorBody body
                ? body.errors().keySet()
                : List.of(response.getStatus() < 400 ? "OK" : "status " + response.getStatus());
        metrics.count(operation, outcomes, duration);
        if (LOG.isOn()) {
            LOG.write(line(request, response.getStatus(), operation, String.join(",", outcomes), duration));
        }
        MDC.remove(ClientAuthenticator.CALLER);
    }

    private String line(
            ContainerRequestContext request, int status, String operation, String outcome, Duration duration) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("request", request.getHeaderString(RequestId.HEADER));
        trace(request).ifPresent(trace -> fields.put("trace", trace));
        Optional.ofNullable(MDC.get(ClientAuthenticator.CALLER)).ifPresent(partner -> fields.put("partner", partner));
        fields.put("operation", operation);
        fields.put("status", status);
        fields.put("outcome", outcome);
        fields.put("micros", duration.toNanos() / 1000);
        return json ? object(fields) : words(fields);
    }

    private static String words(Map<String, Object> fields) {
        StringBuilder words = new StringBuilder();
        fields.forEach((name, value) -> words.append(words.isEmpty() ? "" : " ")
                .append(name)
                .append('=')
                .append(value));
        return words.toString();
    }

    private static String object(Map<String, Object> fields) {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> trace(ContainerRequestContext request) {
        String parent = request.getHeaderString("traceparent");
        if (parent == null) {
            return Optional.empty();
        }
        Matcher matcher = TRACE_PARENT.matcher(parent);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The operation's id, which is the generated method's name; nothing of what lies outside the contract. */
    private static String operation(ContainerRequestContext request) {
        ResourceMethod matched =
                request.getUriInfo() instanceof ExtendedUriInfo uri ? uri.getMatchedResourceMethod() : null;
        if (matched == null) {
            return "none";
        }
        Method method = matched.getInvocable().getDefinitionMethod();
        return method.getDeclaringClass().getPackageName().equals(CONTRACT) ? method.getName() : "none";
    }
}

package dev.logintoken.server.http;

import dev.logintoken.server.log.EventLog;
import dev.logintoken.server.log.Exchange;
import dev.logintoken.server.monitoring.Metrics;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The access log. It counts every exchange and logs it in one line: caller, operation, result and duration. No line
 * holds a header or a body.
 */
@Priority(1) // Just inside of what gives the exchange its id.
public final class AccessLog implements ContainerResponseFilter {

    /** Context attribute: the log that {@link Edge} writes to. */
    public static final String ATTRIBUTE = AccessLog.class.getName();

    /** W3C Trace Context, section 3.2: version, trace id, parent id, flags. */
    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private static final String NO_OPERATION = "none";
    private static final EventLog LOG = new EventLog("exchanges");

    private final Metrics metrics;
    private final boolean json;

    public AccessLog(Metrics metrics, boolean json) {
        this.metrics = metrics;
        this.json = json;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Exchange exchange = Exchange.current();
        Duration duration = exchange.duration();
        String operation = OperationId.of(request).orElse(NO_OPERATION);
        Collection<String> outcomes = response.getEntity() instanceof ErrorBody body
                ? body.errors().keySet()
                : List.of(response.getStatus() < 400 ? "OK" : "status " + response.getStatus());
        metrics.count(operation, outcomes, duration);
        if (LOG.isOn()) {
            Fields fields = new Fields(json).add("request", exchange.id());
            trace(request).ifPresent(trace -> fields.add("trace", trace));
            exchange.partner().ifPresent(partner -> fields.add("partner", partner.toString()));
            write(fields, operation, response.getStatus(), outcomes, duration);
        }
        exchange.recorded();
    }

    /**
     * Records an exchange that did not reach JAX-RS, and that the general error answered.
     *
     * @param id the exchange's id
     * @param status the answer's status
     * @param duration the time to the answer
     */
    public void failed(String id, int status, Duration duration) {
        Collection<String> outcomes = ErrorBody.GENERAL.errors().keySet();
        metrics.count(NO_OPERATION, outcomes, duration);
        if (LOG.isOn()) {
            write(new Fields(json).add("request", id), NO_OPERATION, status, outcomes, duration);
        }
    }

    private static void write(
            Fields fields, String operation, int status, Collection<String> outcomes, Duration duration) {
        LOG.write(fields.add("operation", operation)
                .add("status", status)
                .add("outcome", String.join(",", outcomes))
                .add("micros", duration.toNanos() / 1000)
                .toString());
    }

    /** The fields of a line. Each value is a number, an id or a code, so none needs escaping. */
    private static final class Fields {

        private final StringBuilder line = new StringBuilder(256);
        private final boolean json;

        Fields(boolean json) {
            this.json = json;
        }

        Fields add(String name, String value) {
            begin(name);
            if (json) {
                line.append('"').append(value).append('"');
            } else {
                line.append(value);
            }
            return this;
        }

        Fields add(String name, long value) {
            begin(name);
            line.append(value);
            return this;
        }

        private void begin(String name) {
            if (json) {
                line.append(line.isEmpty() ? "{\"" : ",\"").append(name).append("\":");
            } else {
                line.append(line.isEmpty() ? "" : " ").append(name).append('=');
            }
        }

        @Override
        public String toString() {
            return json ? line + "}" : line.toString();
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
}

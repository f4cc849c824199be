package dev.logintoken.server.monitoring;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/**
 * Answers a supervisor's health checks: whether to restart this node, and whether to send it requests (MicroProfile
 * Health).
 */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {

    private static final Logger LOG = LoggerFactory.getLogger(HealthResource.class);

    private final List<Check> checks;

    /**
     * A dependency that this node needs in order to serve.
     *
     * @param name its name in the answer
     * @param attempt throws if the dependency is not available
     */
    public record Check(String name, Runnable attempt) {}

    /** The answer of one check, or of all checks. */
    public record Health(String status, List<Part> checks) {}

    /** The answer of one check. */
    public record Part(String name, String status) {}

    public HealthResource(List<Check> checks) {
        this.checks = checks;
    }

    /** Answers that the process runs. A restart would not help. */
    @GET
    @Path("live")
    public Response live() {
        return answer(List.of());
    }

    /**
     * Answers 200 if every dependency is available, otherwise 503. The answer names what is missing, and the log says
     * why.
     */
    @GET
    @Path("ready")
    public Response ready() {
        return answer(checks.stream().map(HealthResource::ask).toList());
    }

    private static Part ask(Check check) {
        try {
            check.attempt().run();
            return new Part(check.name(), "UP");
        } catch (RuntimeException e) {
            LOG.warn("Not ready: {}", check.name(), e);
            return new Part(check.name(), "DOWN");
        }
    }

    private static Response answer(List<Part> parts) {
        boolean up = parts.stream().allMatch(part -> part.status().equals("UP"));
        return Response.status(up ? Status.OK : Status.SERVICE_UNAVAILABLE)
                .entity(new Health(up ? "UP" : "DOWN", parts))
                .build();
    }
}

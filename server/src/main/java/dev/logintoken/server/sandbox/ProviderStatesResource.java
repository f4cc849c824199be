package dev.logintoken.server.sandbox;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.logintoken.server.contract.ContractFeature;
import dev.logintoken.server.log.Escaped;
import dev.logintoken.settings.Nearest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sets up provider states and tears them down, for a Pact verifier of any language. The change is a JSON object, or
 * query parameters without a body.
 */
@Path("/_pact/provider-states")
@Produces(MediaType.APPLICATION_JSON)
public final class ProviderStatesResource {

    /** The query parameter that says where to report refusals; its only value is {@value #IN_ANSWERS}. */
    static final String REFUSALS = "refusals";

    private static final String IN_ANSWERS = "in-answers";

    private static final Logger LOG = LoggerFactory.getLogger(ProviderStatesResource.class);

    private final Supplier<SandboxAssembly> current;

    ProviderStatesResource(Supplier<SandboxAssembly> current) {
        this.current = current;
    }

    private StateHandlers states() {
        return current.get().states();
    }

    /** Returns the provider states. */
    @GET
    public Map<String, Object> list() {
        return Map.of("states", states().names());
    }

    /**
     * Sets up a provider state or tears it down, and returns the values that an interaction may use. The answer ends its
     * connection. Otherwise a verifier, which sends few changes, could send the next one while the server closes an idle
     * connection. No client repeats a POST.
     */
    @POST
    public Response change(@Context HttpHeaders headers, @Context UriInfo uri, byte[] body) {
        boolean setUp = true;
        try {
            StateChange change = read(headers.getMediaType(), uri, body);
            setUp = change.setUp();
            return last(Response.ok(apply(change)));
        } catch (IllegalArgumentException e) {
            return last(refusal(String.valueOf(e.getMessage()), uri));
        } finally {
            if (!setUp) {
                current.get().refusal().set(null); // The next API request gets its own answer.
            }
        }
    }

    private static StateChange read(@Nullable MediaType type, UriInfo uri, byte[] body) {
        if (type == null && body.length == 0) {
            return StateChange.of(uri.getQueryParameters());
        }
        if (type == null || !MediaType.APPLICATION_JSON_TYPE.isCompatible(type)) {
            throw new NotSupportedException();
        }
        try {
            @Nullable Map<String, Object> change = ContractFeature.JSON.readValue(body, new TypeReference<>() {});
            if (change != null) { // The JSON text null is a null.
                return StateChange.of(change);
            }
        } catch (IOException e) {
            LOG.debug("No JSON object", e);
        }
        throw new IllegalArgumentException("The body must be a JSON object with 'state', 'params' and 'action'.");
    }

    private Map<String, String> apply(StateChange change) {
        if (change.state().isEmpty()) {
            return Map.of();
        }
        return (change.setUp() ? states().setUp(change.state(), change.params()) : states().tearDown(change.state()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no provider state '" + change.state() + "'. The nearest is '"
                                + new Nearest(List.copyOf(states().names())).to(change.state()) + "'."));
    }

    /** Returns the last answer of its connection. */
    private static Response last(ResponseBuilder answer) {
        return answer.header("Connection", "close").build();
    }

    private ResponseBuilder refusal(String reason, UriInfo uri) {
        String line = Escaped.text(reason);
        LOG.warn("The sandbox refused a provider state: {}", line);
        if (IN_ANSWERS.equals(uri.getQueryParameters().getFirst(REFUSALS))) {
            current.get().refusal().compareAndSet(null, line); // After a teardown, it is forgotten at once.
            return Response.ok(Map.of());
        }
        return Response.status(Response.Status.BAD_REQUEST).entity(Map.of("error", line, "states", states().names()));
    }
}

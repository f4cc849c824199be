package dev.logintoken.server.sandbox;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;

/** Where a Pact verifier of any language sets provider states up and takes them down. */
@Path("/_pact/provider-states")
@Produces(MediaType.APPLICATION_JSON)
public final class ProviderStatesResource {

    private final ProviderStates states;

    ProviderStatesResource(ProviderStates states) {
        this.states = states;
    }

    /**
     * What a verifier asks for.
     *
     * @param state the fact, in the words of the Pact file; empty for an interaction that needs none
     * @param params its parameters, if it takes any
     * @param action {@code setup}, which is also the default, or {@code teardown}
     */
    public record Change(
            @Nullable String state,
            @Nullable Map<String, Object> params,
            @Nullable String action) {}

    /** The facts that can be asked for. */
    @GET
    public Map<String, Object> list() {
        return Map.of("states", states.names());
    }

    /** Makes a fact true or takes it back, and answers the values that an interaction may use. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(Change change) {
        String state = change.state() == null ? "" : change.state();
        Map<String, Object> params = change.params() == null ? Map.of() : change.params();
        if (state.isEmpty()) {
            return Response.ok(Map.of()).build();
        }
        try {
            Optional<Map<String, String>> values =
                    "teardown".equals(change.action()) ? states.tearDown(state) : states.setUp(state, params);
            return values.map(Response::ok)
                    .orElseGet(() -> refused("There is no provider state '" + state + "'."))
                    .build();
        } catch (IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage())).build();
        }
    }

    private Response.ResponseBuilder refused(String reason) {
        return Response.status(Response.Status.BAD_REQUEST).entity(Map.of("error", reason, "states", states.names()));
    }
}

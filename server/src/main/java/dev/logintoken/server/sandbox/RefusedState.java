package dev.logintoken.server.sandbox;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Answers an interaction whose provider state was refused with the reason for the refusal. Pact's verifiers for Rust
 * and JavaScript drop the answer to a refused change of state. But they show the address of a redirect that they cannot
 * follow.
 */
@PreMatching
@Priority(Priorities.USER + 1) // After the filter that keeps strangers out.
final class RefusedState implements ContainerRequestFilter {

    /**
     * The scheme of an address that nobody can follow. The rest of the address is the reason, with underscores for
     * spaces.
     */
    private static final String SCHEME = "refused:";

    private final AtomicReference<@Nullable String> reason = new AtomicReference<>();

    /** Answers the next API request with a reason; if there are several reasons, with the first. */
    void announce(String why) {
        reason.compareAndSet(null, why);
    }

    /** Answers the next API request as usual. */
    void forget() {
        reason.set(null);
    }

    @Override
    public void filter(ContainerRequestContext exchange) {
        if (!exchange.getUriInfo().getPath().startsWith("api/")) {
            return;
        }
        String why = reason.getAndSet(null);
        if (why != null) {
            exchange.abortWith(Response.status(Response.Status.TEMPORARY_REDIRECT)
                    .header(HttpHeaders.LOCATION, SCHEME + why.replaceAll("[^\\w.,';()-]+", "_"))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(Map.of("error", why))
                    .build());
        }
    }
}

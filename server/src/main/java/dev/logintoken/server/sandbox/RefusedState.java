package dev.logintoken.server.sandbox;

import dev.logintoken.server.http.RequestHeaders;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers an interaction whose provider state was refused with the reason for the refusal. Pact's verifiers for Rust
 * and JavaScript drop the answer to a refused change of state. But they show the address of a redirect that they cannot
 * follow.
 */
@PreMatching
@Priority(Priorities.USER + 2) // After the filter that finds the run of a request.
final class RefusedState implements ContainerRequestFilter {

    /**
     * The scheme of an address that nobody can follow. The rest of the address is the reason, with underscores for
     * spaces.
     */
    private static final String SCHEME = "refused:";

    private final Supplier<SandboxAssembly> current;

    RefusedState(Supplier<SandboxAssembly> current) {
        this.current = current;
    }

    @Override
    public void filter(ContainerRequestContext exchange) {
        if (!RequestHeaders.isForApi(exchange)) {
            return;
        }
        String why = current.get().refusal().getAndSet(null);
        if (why != null) {
            exchange.abortWith(Response.status(Response.Status.TEMPORARY_REDIRECT)
                    .header(HttpHeaders.LOCATION, SCHEME + why.replaceAll("[^\\w.,';()-]+", "_"))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(Map.of("error", why))
                    .build());
        }
    }
}

package dev.logintoken.server.guard;

import dev.logintoken.server.config.ServerSettings.Callers;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** Lets browser apps of certain origins call the sandbox and read its answers (CORS). Without origins it does nothing. */
@PreMatching
@Priority(Priorities.USER + 1) // After the filter that keeps strangers out.
public final class OtherOrigins implements ContainerRequestFilter, ContainerResponseFilter {

    /** The header in which a browser names the origin of a page that calls. */
    static final String ORIGIN = "Origin";

    private final Callers callers;

    public OtherOrigins(Callers callers) {
        this.callers = callers;
    }

    /** Answers a browser that asks whether an app may send a request. */
    @Override
    public void filter(ContainerRequestContext request) {
        String method = request.getHeaderString("Access-Control-Request-Method");
        if (request.getMethod().equals(HttpMethod.OPTIONS) && method != null && isAllowed(request)) {
            request.abortWith(Response.noContent()
                    .header("Access-Control-Allow-Methods", method)
                    .header("Access-Control-Allow-Headers", request.getHeaderString("Access-Control-Request-Headers"))
                    .build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (callers.origins().isEmpty()) {
            return;
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.add(HttpHeaders.VARY, ORIGIN);
        if (isAllowed(request)) {
            headers.putSingle("Access-Control-Allow-Origin", request.getHeaderString(ORIGIN));
            headers.putSingle("Access-Control-Expose-Headers", "*");
        }
    }

    private boolean isAllowed(ContainerRequestContext request) {
        return callers.allowsOrigin(request.getHeaderString(ORIGIN));
    }
}

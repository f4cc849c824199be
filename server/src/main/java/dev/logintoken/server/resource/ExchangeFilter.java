package dev.logintoken.server.resource;

import dev.logintoken.server.error.RequestId;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;

import java.util.ArrayList;
import java.util.List;

/** What all exchanges have in common: one value per request header, a request id, and answers that nobody stores. */
@PreMatching
public final class ExchangeFilter implements ContainerRequestFilter, ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        // Several lines of one name are one value (RFC 9110, 5.3); a parameter would show only the first line.
        request.getHeaders().replaceAll((name, lines) -> lines.size() == 1 ? lines : joined(lines));
        request.getHeaders().putSingle(RequestId.HEADER, RequestId.of(request.getHeaderString(RequestId.HEADER)));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(RequestId.HEADER, request.getHeaderString(RequestId.HEADER));
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.getMethod().equals(HttpMethod.OPTIONS) && response.getStatus() == Status.OK.getStatusCode()) {
            response.setStatusInfo(Status.NO_CONTENT);
            response.setEntity(null);
        }
    }

    private static List<String> joined(List<String> lines) {
        return new ArrayList<>(List.of(String.join(", ", lines)));
    }
}

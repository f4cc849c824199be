package dev.logintoken.server.resource;

import dev.logintoken.server.log.RequestId;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.slf4j.MDC;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What all exchanges have in common: one value per request header, a request id, and answers that nobody stores. */
@PreMatching
@Priority(0) // The first to see a request, and the last to see its response.
public final class ExchangeFilter implements ContainerRequestFilter, ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        // Several lines of one name are one value (RFC 9110, 5.3); a parameter would show only the first line.
        for (Map.Entry<String, List<String>> header : request.getHeaders().entrySet()) {
            if (header.getValue().size() > 1) {
                header.setValue(joined(header.getValue()));
            }
        }
        if (MediaType.TEXT_PLAIN_TYPE.isCompatible(request.getMediaType())) {
            // A client of the field sends JSON under this name. No operation trusts a cookie, so no page can abuse it.
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
        String id = RequestId.of(request.getHeaderString(RequestId.HEADER));
        request.getHeaders().putSingle(RequestId.HEADER, id);
        MDC.put(RequestId.MDC, id);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(RequestId.HEADER, request.getHeaderString(RequestId.HEADER));
        response.getHeaders().computeIfAbsent(HttpHeaders.CACHE_CONTROL, any -> List.of("no-store"));
        MDC.remove(RequestId.MDC);
    }

    private static List<String> joined(List<String> lines) {
        return new ArrayList<>(List.of(String.join(", ", lines)));
    }
}

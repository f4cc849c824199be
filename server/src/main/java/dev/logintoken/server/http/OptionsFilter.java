package dev.logintoken.server.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Answers OPTIONS with headers only. It runs before the access log, which logs the answer's status. */
public final class OptionsFilter implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getMethod().equals(HttpMethod.OPTIONS) && response.getStatus() == Status.OK.getStatusCode()) {
            response.setStatusInfo(Status.NO_CONTENT);
            response.setEntity(null);
            response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
            response.getHeaders()
                    .computeIfPresent(
                            HttpHeaders.ALLOW,
                            (name, values) -> List.of(withHead(values.get(0).toString())));
        }
    }

    /** Returns Jersey's list of methods with {@code HEAD} beside {@code GET}, which Jersey omits in some answers. */
    static String withHead(String allow) {
        Set<String> methods = new TreeSet<>(Set.of(allow.split(",\\s*")));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        return String.join(", ", methods);
    }
}

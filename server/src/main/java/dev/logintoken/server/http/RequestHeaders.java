package dev.logintoken.server.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Joins each request header into one value, and sets JSON's media type. */
@PreMatching
@Priority(0) // The first to see a request.
public final class RequestHeaders implements ContainerRequestFilter {

    private static final String API = "api/";

    @Override
    public void filter(ContainerRequestContext request) {
        // Several header lines of one name form one value (RFC 9110, 5.3). A parameter would show only the first line.
        for (Map.Entry<String, List<String>> header : request.getHeaders().entrySet()) {
            if (header.getValue().size() > 1) {
                header.setValue(joined(header.getValue()));
            }
        }
        if (isForApi(request) && MediaType.TEXT_PLAIN_TYPE.isCompatible(request.getMediaType())) {
            // A deployed client sends JSON under this media type. No operation trusts a cookie, so no web page can
            // abuse it.
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }

    /** Returns whether a program asks: for the API, or for one of its paths in a mistyped case. */
    public static boolean isForApi(ContainerRequestContext request) {
        return request.getUriInfo().getPath().regionMatches(true, 0, API, 0, API.length());
    }

    private static List<String> joined(List<String> lines) {
        return new ArrayList<>(List.of(String.join(", ", lines)));
    }
}

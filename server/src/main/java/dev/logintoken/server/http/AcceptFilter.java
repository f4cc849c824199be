package dev.logintoken.server.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import java.util.List;

/**
 * Refuses a request whose {@code Accept} gives JSON the quality zero (RFC 9110, 12.4.2). Jersey alone would answer it:
 * it treats zero as the lowest quality.
 */
@Priority(1) // Before anybody asks who is calling.
public final class AcceptFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        if (accept != null
                && accept.indexOf('=') >= 0 // Most callers give no quality, and are spared another parsing.
                && RequestHeaders.isForApi(request)
                && !request.getMethod().equals(HttpMethod.OPTIONS)
                && excludesJson(request.getAcceptableMediaTypes())) {
            throw new NotAcceptableException();
        }
    }

    /** Returns whether the ranges that match JSON most precisely all have the quality zero. */
    static boolean excludesJson(List<MediaType> ranges) {
        int best = ranges.stream().mapToInt(AcceptFilter::precision).max().orElse(-1);
        return ranges.stream()
                .filter(range -> precision(range) == best)
                .allMatch(range -> range.getParameters().getOrDefault("q", "1").matches("0(\\.0*)?"));
    }

    /** Returns how precisely a range matches JSON: 2 for its type, 1 for all of its kind, 0 for all, -1 if it does not. */
    private static int precision(MediaType range) {
        if (!range.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            return -1;
        }
        return (range.isWildcardType() ? 0 : 1) + (range.isWildcardSubtype() ? 0 : 1);
    }
}

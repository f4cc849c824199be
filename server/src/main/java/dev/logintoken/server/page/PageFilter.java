package dev.logintoken.server.page;

import dev.logintoken.server.log.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response.Status.Family;
import jakarta.ws.rs.core.UriInfo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the browser what a page may do: load from its own origin, send forms there, and give nothing away. */
@Page
public final class PageFilter implements ContainerResponseFilter {

    /** No inline script or style, so that a text that slipped through unescaped could do nothing. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final Templates templates = new Templates();

    @Context
    @SuppressWarnings("NullAway.Init")
    private HttpServletRequest visitor;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatusInfo().getFamily() == Family.SERVER_ERROR) {
            // The cause is in the log, as for every failure; a person gets something to read.
            response.setEntity(
                    failure(request.getUriInfo(), request.getHeaderString(RequestId.HEADER)),
                    response.getEntityAnnotations(),
                    MediaType.valueOf(Layout.HTML));
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle("Content-Security-Policy", POLICY);
        // A page's URL may hold a login token.
        headers.putSingle("Referrer-Policy", "no-referrer");
        headers.putSingle("X-Content-Type-Options", "nosniff");
        if (WebsiteSessions.keepsCookies(visitor)) { // Elsewhere browsers ignore it, and complain.
            headers.putSingle("Cross-Origin-Opener-Policy", "same-origin");
        }
        headers.putSingle("Cross-Origin-Resource-Policy", "same-origin");
    }

    private String failure(UriInfo uri, String requestId) {
        Texts texts = Optional.ofNullable(uri.getPathParameters().getFirst("region"))
                .flatMap(Texts::of)
                .orElseGet(Texts::english);
        Map<String, Object> values = new HashMap<>(Layout.of(uri, texts.language(), texts.get("failed.title")));
        values.put("paragraphs", List.of(texts.get("failed.text"), texts.get("failed.request", requestId)));
        values.put("ways", List.of());
        return templates.page("website", values);
    }
}

package dev.logintoken.server.page;

import dev.logintoken.server.http.RequestHeaders;
import dev.logintoken.server.log.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.ResourceMethod;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Restricts what the browser lets a page do. A page loads only from its own origin, sends forms only there, and reveals
 * nothing to other sites.
 */
public final class PageFilter implements ContainerResponseFilter {

    /** Allows no inline script or style, so that a text that slipped through unescaped could do nothing. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /** The failures that a person gets as a page. For other statuses, such as 404, the general error says enough. */
    private static final Set<Integer> FAILURES = Set.of(400, 406, 413, 415, 500, 503);

    private static final int NOT_FOUND = 404;

    /** Marks resources that answer a browser. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    public @interface Page {}

    private final Templates templates = new Templates();

    @Context
    @SuppressWarnings("NullAway.Init")
    private HttpServletRequest visitor;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (RequestHeaders.isForApi(request)) {
            return;
        }
        boolean mistyped = response.getStatus() == NOT_FOUND && wantsPage(request);
        if (!mistyped && !isPage((ExtendedUriInfo) request.getUriInfo())) {
            return;
        }
        if (mistyped) {
            response.setEntity(
                    noSuchPage(request.getUriInfo()), response.getEntityAnnotations(), MediaType.valueOf(Layout.HTML));
        }
        if (FAILURES.contains(response.getStatus()) && !(response.getEntity() instanceof String)) {
            // The log has the cause, as for every failure. A person gets a page to read.
            response.setEntity(
                    failure(request.getUriInfo(), Exchange.current().id(), response.getStatus() >= 500),
                    response.getEntityAnnotations(),
                    MediaType.valueOf(Layout.HTML));
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle("Content-Security-Policy", POLICY);
        // A page's URL may hold a login token.
        headers.putSingle("Referrer-Policy", "no-referrer");
        if (WebsiteSessions.keepsCookies(visitor)) { // Elsewhere browsers ignore it, and complain.
            headers.putSingle("Cross-Origin-Opener-Policy", "same-origin");
        }
        headers.putSingle("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** Returns whether a person asks: a browser names HTML, and a program does not. */
    private static boolean wantsPage(ContainerRequestContext request) {
        // Not parsed: a malformed header must not fail here.
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        return request.getMethod().equals(HttpMethod.GET) && accept != null && accept.contains(MediaType.TEXT_HTML);
    }

    private String noSuchPage(UriInfo uri) {
        Map<String, Object> values = Layout.english(uri, "There is no such page");
        values.put(
                "paragraphs",
                List.of("The address /" + uri.getPath()
                        + " leads nowhere. Compare it with the one that you were given."));
        values.put("ways", List.of(Map.of("link", Layout.root(uri), "label", "To the first page")));
        return templates.page("website", values);
    }

    /**
     * Returns whether a page's resource was found. It counts even if Jersey refused the request before it chose a
     * method.
     */
    private static boolean isPage(ExtendedUriInfo uri) {
        ResourceMethod method = uri.getMatchedResourceMethod();
        if (method != null) {
            return isPage(method.getInvocable().getHandlingMethod())
                    || isPage(method.getInvocable().getHandler().getHandlerClass());
        }
        return uri.getMatchedRuntimeResources().stream()
                .flatMap(matched -> matched.getResources().stream())
                .flatMap(resource -> Stream.concat(
                        resource.getHandlerClasses().stream(),
                        resource.getHandlerInstances().stream().map(Object::getClass)))
                .anyMatch(type -> isPage(type) || Stream.of(type.getMethods()).anyMatch(PageFilter::isPage));
    }

    private static boolean isPage(AnnotatedElement element) {
        return element.isAnnotationPresent(Page.class);
    }

    private String failure(UriInfo uri, String requestId, boolean ours) {
        Texts texts = Optional.ofNullable(uri.getPathParameters().getFirst("region"))
                .flatMap(Texts::of)
                .orElseGet(Texts::english);
        Map<String, Object> values = Layout.of(uri, texts.language(), texts.get("failed.title"));
        String request = texts.get("failed.request", requestId);
        values.put("paragraphs", ours ? List.of(texts.get("failed.text"), request) : List.of(request));
        values.put("ways", List.of());
        return templates.page("website", values);
    }
}

package dev.logintoken.server.page;

import jakarta.ws.rs.core.UriInfo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the values for the layout around every page. A page adds its own. */
public final class Layout {

    /** The media type of pages. */
    public static final String HTML = "text/html;charset=utf-8";

    private Layout() {}

    /** Returns the values for a page in English, with links for developers. */
    public static Map<String, Object> english(UriInfo uri, String title) {
        Map<String, Object> values = of(uri, "en", title);
        String root = root(uri);
        values.put(
                "nav",
                Map.of(
                        "label",
                        "Pages",
                        "items",
                        List.of(
                                Map.of("name", "API reference", "url", root + "docs"),
                                Map.of("name", "Errors", "url", root + "docs#errors"),
                                Map.of("name", "openapi.yaml", "url", root + "openapi.yaml"))));
        return values;
    }

    /** Returns the values for any page. */
    static Map<String, Object> of(UriInfo uri, String language, String title) {
        return new HashMap<>(Map.of("root", root(uri), "language", language, "title", title));
    }

    /** Returns the service's context path, with a slash at the end. */
    static String root(UriInfo uri) {
        return uri.getBaseUri().getRawPath();
    }
}

package dev.logintoken.server.page;

import jakarta.ws.rs.core.UriInfo;

import java.util.Map;

/** What the layout around every page needs. */
final class Layout {

    /** The media type of pages. */
    static final String HTML = "text/html;charset=utf-8";

    private Layout() {}

    /** For a page in English. */
    static Map<String, Object> english(UriInfo uri, String title) {
        return Map.of("root", root(uri), "language", "en", "title", title, "developers", true);
    }

    /** The path that the service answers under, with a slash at the end. */
    static String root(UriInfo uri) {
        return uri.getBaseUri().getRawPath();
    }
}

package dev.logintoken.server.resource;

import dev.logintoken.api.model.Region;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Builds the URLs of the website's pages: {@code <base>/<region>/<page>}. */
public final class Website {

    private final Optional<URI> base;

    /**
     * Creates the website at a base URL.
     *
     * @param base the base URL without a slash at the end; empty if the service itself shows the pages
     */
    public Website(Optional<URI> base) {
        this.base = base;
    }

    /**
     * Returns a page's URL by region.
     *
     * @param self the service's own base URL
     * @param page its path within a region, with a query if it takes one
     */
    Map<String, URI> page(URI self, String page) {
        String root = base.orElse(self).toString().replaceFirst("/$", "");
        Map<String, URI> urls = new LinkedHashMap<>();
        Arrays.stream(Region.values())
                .map(Region::toString)
                .forEach(region -> urls.put(region, URI.create(root + "/" + region + "/" + page)));
        return urls;
    }
}

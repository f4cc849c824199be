package dev.logintoken.server.page;

import dev.logintoken.server.page.PageFilter.Page;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Serves the landing page: what this service is, and where to go next. */
@Path("/")
public final class LandingResource {

    private final Templates templates = new Templates();
    private final Optional<Playground> playground;

    /** Creates the resource. Production has no playground. */
    public LandingResource(Optional<Playground> playground) {
        this.playground = playground;
    }

    /** Returns the page. */
    @GET
    @Page
    @Produces(Layout.HTML)
    public String page(@Context UriInfo uri) {
        Map<String, Object> values = new HashMap<>(Layout.english(uri, "Login token"));
        playground.ifPresent(published -> values.put("playground", published));
        return templates.page("landing", values);
    }

    /** Returns the icon, for browsers that ask for it by its customary name. */
    @GET
    @Path("favicon.ico")
    @Page
    @Produces("image/svg+xml")
    public byte[] icon() {
        return Templates.read("icon.svg");
    }
}

package dev.logintoken.server.page;

import dev.logintoken.server.page.PageFilter.Page;
import dev.logintoken.server.resource.SpecResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import java.util.Map;
import java.util.Optional;

/** Serves the landing page: what this service is, and where to go next. */
@Path("/")
public final class LandingResource {

    private final Templates templates = new Templates();
    private final SpecResource spec;
    private final Optional<Playground> playground;

    /** Creates the resource. Production has no playground. */
    public LandingResource(SpecResource spec, Optional<Playground> playground) {
        this.spec = spec;
        this.playground = playground;
    }

    /** Returns the page. */
    @GET
    @Page
    @Produces(Layout.HTML)
    public String page(@Context UriInfo uri) {
        Map<String, Object> values = Layout.english(uri, "Login token");
        playground.ifPresent(published -> {
            values.put("playground", published);
            values.put("base", uri.getBaseUri());
            values.put("answer", answer());
        });
        return templates.page("landing", values);
    }

    /** Returns the spec's example of the answer to the first request. */
    private String answer() {
        return spec.document()
                .at("/paths/~1api~1v1~1user~1login-token/get/responses/200/content/application~1json/examples")
                .elements()
                .next()
                .get("value")
                .toPrettyString();
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

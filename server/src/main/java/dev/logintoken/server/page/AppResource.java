package dev.logintoken.server.page;

import dev.logintoken.server.page.PageFilter.Page;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Plays a partner's app in the sandbox, at the return URL. It shows the verifier that came back, and confirms the link
 * if this browser requested it. The page's script keeps the identifier, as a real app keeps its session.
 */
@Path("app/linked")
@Page
@Produces(Layout.HTML)
public final class AppResource {

    private final Templates templates = new Templates();
    private final Playground playground;

    public AppResource(Playground playground) {
        this.playground = playground;
    }

    /** Returns the page that the user returns to, with a verifier if the user agreed. */
    @GET
    public String back(@Context UriInfo uri, @QueryParam("verifier") @Nullable String verifier) {
        Map<String, Object> values = Layout.english(uri, "Back in the app");
        values.put("apiKey", playground.apiKey());
        values.put("service", uri.getBaseUri());
        values.put("verifier", verifier == null ? "" : verifier);
        values.put("agreed", verifier != null && !verifier.isEmpty());
        return templates.page("app", values);
    }
}

package dev.logintoken.server.page;

import dev.logintoken.api.model.AttemptsErrorCode;
import dev.logintoken.server.auth.Logins;
import dev.logintoken.server.directory.StoredDirectory;
import dev.logintoken.server.identifier.LinkRequest;
import dev.logintoken.server.identifier.Links;
import dev.logintoken.server.log.Exchange;
import dev.logintoken.server.outcome.Outcome;
import dev.logintoken.server.page.PageFilter.Page;
import dev.logintoken.server.page.WebsiteSessions.LoggedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Serves the page to which {@code registerIdentifier} sends a user. The user logs in, sees the partner's request,
 * consents, and returns with the verifier. Nothing is linked here. The partner links, by {@code confirmIdentifier}, if
 * it recognizes the returning browser. A user lured here by an attacker returns to the partner as a stranger.
 */
@Path("{region: [a-z]{2}-[a-z]{2}}/link")
@Page
@Produces(Layout.HTML)
@SuppressWarnings("NullAway.Init")
public final class LinkResource {

    private static final String REQUEST = "request";

    private final WebsiteSessions sessions;
    private final Links links;
    private final Logins logins;
    private final StoredDirectory directory;

    @Context
    private HttpServletRequest request;

    @Context
    private UriInfo uri;

    public LinkResource(WebsiteSessions sessions, Links links, Logins logins, StoredDirectory directory) {
        this.sessions = sessions;
        this.links = links;
        this.logins = logins;
        this.directory = directory;
    }

    /** Returns a page that asks the user to log in, or to consent after login. */
    @GET
    public Response open(@PathParam("region") String region, @QueryParam(REQUEST) @Nullable String link) {
        PageBuilder visit = new PageBuilder(sessions, request, uri, region);
        return WebsiteSessions.keepsCookies(request)
                ? with(
                        visit,
                        link,
                        (asked, partner) -> visit.loggedIn()
                                .filter(user -> user.name().isPresent())
                                .map(user -> consent(visit, asked, partner, user, String.valueOf(link)))
                                .orElseGet(() -> login(visit, partner, String.valueOf(link))
                                        .response()))
                : visit.insecure();
    }

    /** Logs in by email address and password, and returns the page that asks for consent. */
    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response logIn(@PathParam("region") String region, MultivaluedMap<String, String> form) {
        PageBuilder visit = new PageBuilder(sessions, request, uri, region);
        if (!sessions.own(request, form)) {
            return visit.foreign();
        }
        String link = form.getFirst(REQUEST);
        return with(visit, link, (asked, partner) -> {
            Outcome<Optional<UUID>, AttemptsErrorCode> outcome = logins.attempt(
                    Logins.Attempt.anonymous(
                            String.valueOf(form.getFirst("email")).strip().toLowerCase(Locale.ROOT),
                            String.valueOf(form.getFirst("password")),
                            request.getRemoteAddr()),
                    directory.users());
            return outcome.value()
                    .map(user -> user.map(known -> visit.redirect(
                                    page(visit, String.valueOf(link)),
                                    sessions.sessionCookie(request, sessions.start(request, known))))
                            .orElseGet(() -> login(visit, partner, String.valueOf(link))
                                    .bad(visit.text("link.refused"))
                                    .status(Status.BAD_REQUEST)
                                    .response()))
                    .orElseGet(() -> login(visit, partner, String.valueOf(link))
                            .bad(visit.text("link.wait"))
                            .status(Status.TOO_MANY_REQUESTS)
                            .response());
        });
    }

    /** Stores the consent that the form expresses, and sends the user back. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response agree(@PathParam("region") String region, MultivaluedMap<String, String> form) {
        PageBuilder visit = new PageBuilder(sessions, request, uri, region);
        Optional<LoggedIn> user = visit.loggedIn();
        // The user may have changed in another tab since the page was shown.
        if (!sessions.own(request, form)
                || user.isEmpty()
                || !user.get().uuid().toString().equals(form.getFirst("user"))) {
            return visit.foreign();
        }
        return with(visit, form.getFirst(REQUEST), (asked, partner) -> {
            Links.Consent consent =
                    links.agree(asked, user.get().uuid(), Exchange.current().id());
            String back = visit.text("link.back", partner);
            return switch (consent.state()) {
                case AGREED ->
                    visit.page(visit.text("agreed.title"))
                            .good(visit.text("agreed"))
                            .paragraph(visit.text("agreed.text", partner))
                            .onwards(back, consent.returnUrl())
                            .response();
                case LINKED ->
                    visit.problem(Status.OK, "linked")
                            .good(visit.text("linked"))
                            .onwards(back, consent.returnUrl())
                            .response();
                case TAKEN ->
                    visit.problem(Status.CONFLICT, "taken")
                            .link(back, consent.returnUrl())
                            .response();
            };
        });
    }

    private Response with(PageBuilder visit, @Nullable String link, BiFunction<LinkRequest, String, Response> answer) {
        Optional<LinkRequest> asked = link == null ? Optional.empty() : links.read(link);
        Optional<String> partner = asked.flatMap(genuine -> directory.partners().name(genuine.partner()));
        if (asked.isEmpty() || partner.isEmpty()) {
            return visit.problem(Status.BAD_REQUEST, "link.invalid").next().response();
        }
        if (asked.get().expired()) {
            return visit.problem(Status.GONE, "link.expired")
                    .link(visit.text("link.back", partner.get()), asked.get().returnUrl())
                    .response();
        }
        return answer.apply(asked.get(), partner.get());
    }

    private PageBuilder.Draft login(PageBuilder visit, String partner, String link) {
        return visit.page(visit.text("link.login.title"))
                .paragraph(visit.text("link.login.text", partner))
                .login(visit.text("link.login.button"), visit.path("link/login"), Map.of(REQUEST, link));
    }

    private Response consent(PageBuilder visit, LinkRequest asked, String partner, LoggedIn user, String link) {
        return visit.page(visit.text("link.title", partner))
                .who(user.name().orElseThrow())
                .paragraph(visit.text("link.text", partner))
                .points(
                        List.of(visit.text("link.point.pages"), visit.text("link.point.state")),
                        visit.text("link.password", partner))
                .button(
                        visit.text("link.button"),
                        visit.path("link"),
                        Map.of(REQUEST, link, "user", user.uuid().toString()))
                .link(visit.text("link.decline", partner), asked.returnUrl())
                .quietButton(visit.text("link.not-you"), visit.path("logout"), Map.of())
                .response();
    }

    private static String page(PageBuilder visit, String link) {
        return visit.path("link") + "?" + REQUEST + "=" + URLEncoder.encode(link, StandardCharsets.UTF_8);
    }
}

package dev.logintoken.server.page;

import dev.logintoken.api.model.RedemptionErrorCode;
import dev.logintoken.server.directory.User;
import dev.logintoken.server.log.Exchange;
import dev.logintoken.server.outcome.Outcome;
import dev.logintoken.server.page.PageFilter.Page;
import dev.logintoken.server.page.WebsiteSessions.LoggedIn;
import dev.logintoken.server.token.LoginTokens;
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
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Serves the website's pages that {@code getSystemInfo} lists, as the sandbox shows them. A private page that is opened
 * with a login token asks the user first. Only that page's form redeems the token, so prefetches, link scanners and the
 * browser's history cannot.
 */
@Path("{region: [a-z]{2}-[a-z]{2}}")
@Page
@Produces(Layout.HTML)
@SuppressWarnings("NullAway.Init")
public final class PrivateResource {

    private static final String PRIVATE =
            "{page: continue-registration|upgrade-account|contact-support|verify-bank-account|dashboard}";
    private static final String PUBLIC = "{page: support|faq|forgot-password}";

    /** The form field with the user who is logged in. It proves that the user has seen whom the login replaces. */
    private static final String INSTEAD_OF = "instead-of";

    private static final String TOKEN = "token";
    private static final String UUID = "uuid";

    private final WebsiteSessions sessions;
    private final FormLogins logins;
    private final LoginTokens loginTokens;

    @Context
    private HttpServletRequest request;

    @Context
    private UriInfo uri;

    public PrivateResource(WebsiteSessions sessions, LoginTokens loginTokens) {
        this.sessions = sessions;
        this.logins = new FormLogins(sessions);
        this.loginTokens = loginTokens;
    }

    /** Returns a private page. With a login token it asks whether to log in; without one it shows who is logged in. */
    @GET
    @Path(PRIVATE)
    public Response open(
            @PathParam("region") String region,
            @PathParam("page") String page,
            @QueryParam(TOKEN) @Nullable String token,
            @QueryParam(UUID) @Nullable String uuid) {
        PageBuilder visit = new PageBuilder(sessions, request, uri, region);
        if (!WebsiteSessions.keepsCookies(request)) {
            return visit.insecure();
        }
        if (token == null && uuid == null) {
            return show(visit, page);
        }
        String known = token == null ? "" : token;
        String user = uuid == null ? "" : uuid;
        return logins.loggedInBy(request, user, known)
                ? visit.redirect(visit.path(page))
                : ask(visit, page, known, user);
    }

    /** Logs in by the form's login token, once. The same form again leads to the same session. */
    @POST
    @Path(PRIVATE)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response logIn(
            @PathParam("region") String region, @PathParam("page") String page, MultivaluedMap<String, String> form) {
        PageBuilder visit = new PageBuilder(sessions, request, uri, region);
        if (!sessions.own(request, form)) {
            return visit.foreign();
        }
        String token = String.valueOf(form.getFirst(TOKEN));
        String uuid = String.valueOf(form.getFirst(UUID));
        Optional<LoggedIn> other = other(visit, uuid);
        if (other.isPresent() && !other.get().uuid().toString().equals(form.getFirst(INSTEAD_OF))) {
            return ask(visit, page, token, uuid);
        }
        Outcome<NewCookie, RedemptionErrorCode> outcome = logins.once(
                request,
                uuid,
                token,
                () -> loginTokens
                        .redeem(
                                uuid,
                                token,
                                sessions.website(),
                                Exchange.current().id())
                        .flatMap(redeemed -> Outcome.granted(redeemed.user())));
        return outcome.value()
                .map(cookie -> visit.redirect(visit.path(page), cookie))
                .orElseGet(() -> refused(visit, outcome.errors()));
    }

    /** Ends the session. */
    @POST
    @Path("logout")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response logOut(@PathParam("region") String region, MultivaluedMap<String, String> form) {
        PageBuilder visit = new PageBuilder(sessions, request, uri, region);
        return sessions.own(request, form)
                ? visit.redirect(visit.path("dashboard"), sessions.end(request))
                : visit.foreign();
    }

    /** Returns a public page. */
    @GET
    @Path(PUBLIC)
    public Response open(@PathParam("region") String region, @PathParam("page") String page) {
        PageBuilder visit = new PageBuilder(sessions, request, uri, region);
        return visit.page(visit.text(page + ".title"))
                .paragraph(visit.text(page + ".text"))
                .languages(page)
                .response();
    }

    private Response ask(PageBuilder visit, String page, String token, String uuid) {
        Outcome<User, RedemptionErrorCode> outcome = loginTokens.look(uuid, token);
        Optional<String> name = outcome.value().flatMap(user -> sessions.name(user.uuid()));
        if (name.isEmpty()) {
            return refused(visit, outcome.errors());
        }
        Optional<LoggedIn> other = other(visit, uuid);
        PageBuilder.Draft draft = visit.page(visit.text(page + ".title")).who(name.get());
        if (other.isEmpty()) {
            return draft.paragraph(visit.text("confirm.text"))
                    .button(visit.text("confirm.button"), visit.path(page), Map.of(TOKEN, token, UUID, uuid))
                    .response();
        }
        String current = other.get().name().orElse("•••");
        return draft.notice(visit.text("other.text", current))
                .paragraph(visit.text("confirm.text"))
                .button(
                        visit.text("other.switch"),
                        visit.path(page),
                        Map.of(
                                TOKEN,
                                token,
                                UUID,
                                uuid,
                                INSTEAD_OF,
                                other.get().uuid().toString()))
                .link(visit.text("other.stay", current), visit.path(page))
                .response();
    }

    private static Optional<LoggedIn> other(PageBuilder visit, String uuid) {
        return visit.loggedIn().filter(user -> !user.uuid().toString().equalsIgnoreCase(uuid));
    }

    private Response show(PageBuilder visit, String page) {
        Optional<LoggedIn> user = visit.loggedIn();
        if (user.isEmpty()) {
            return visit.problem(Status.OK, "logged-out").next().languages(page).response();
        }
        if (user.get().name().isEmpty()) {
            return visit.problem(Status.GONE, "gone")
                    .link(visit.text("support"), visit.path("support"))
                    .cookie(sessions.end(request))
                    .response();
        }
        return visit.page(visit.text(page + ".title"))
                .good(visit.text("logged-in"))
                .who(user.get().name().get())
                .paragraph(visit.text(page + ".text"))
                .quietButton(visit.text("log-out"), visit.path("logout"), Map.of())
                .languages(page)
                .response();
    }

    private static Response refused(PageBuilder visit, Set<RedemptionErrorCode> errors) {
        if (errors.contains(RedemptionErrorCode.LOGIN_TOKEN_USED)) {
            return visit.problem(Status.GONE, "used").next().response();
        }
        return errors.contains(RedemptionErrorCode.LOGIN_TOKEN_EXPIRED)
                ? visit.problem(Status.GONE, "expired").next().response()
                : visit.problem(Status.BAD_REQUEST, "invalid").next().response();
    }
}

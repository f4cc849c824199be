package dev.logintoken.server.page;

import dev.logintoken.server.page.WebsiteSessions.LoggedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the page that answers one request to the website. */
final class PageBuilder {

    private static final Templates TEMPLATES = new Templates();

    private final WebsiteSessions sessions;
    private final HttpServletRequest request;
    private final UriInfo uri;
    private final String region;
    private final Texts texts;

    PageBuilder(WebsiteSessions sessions, HttpServletRequest request, UriInfo uri, String region) {
        this.sessions = sessions;
        this.request = request;
        this.uri = uri;
        this.region = region;
        this.texts = Texts.of(region).orElseThrow(NotFoundException::new);
    }

    String text(String key, Object... values) {
        return texts.get(key, values);
    }

    /** Returns the user who is logged in. */
    Optional<LoggedIn> loggedIn() {
        return sessions.loggedIn(request);
    }

    /** Returns the path of another page of the region. */
    String path(String page) {
        return Layout.root(uri) + region + "/" + page;
    }

    /** Starts a page with a title. */
    Draft page(String title) {
        return new Draft(title);
    }

    /** Starts a page about a problem, by the key of its texts. */
    Draft problem(Status status, String key) {
        return page(text(key + ".title")).status(status).paragraph(text(key + ".text"));
    }

    /** Returns a page about plain http, on which no browser would keep the login. */
    Response insecure() {
        return problem(Status.FORBIDDEN, "insecure")
                .paragraph(text("insecure.host", request.getServerName()))
                .response();
    }

    /** Returns a page about a form that is too old, or that may come from another website. */
    Response foreign() {
        return problem(Status.FORBIDDEN, "foreign").next().response();
    }

    /** Redirects the browser to a GET of another page. */
    Response redirect(String path, NewCookie... cookies) {
        return Response.seeOther(URI.create(path)).cookie(cookies).build();
    }

    /** A page under construction. */
    final class Draft {
        private final Map<String, Object> values = new HashMap<>();
        private final List<String> paragraphs = new ArrayList<>();
        private final List<Map<String, Object>> ways = new ArrayList<>();
        private final List<NewCookie> cookies = new ArrayList<>();
        private final NewCookie form = sessions.formCookie(request);
        private Status status = Status.OK;

        private Draft(String title) {
            values.putAll(Layout.of(uri, texts.language(), title));
            values.put("footer", text("footer"));
            values.put("paragraphs", paragraphs);
            values.put("ways", ways);
            cookies.add(form);
        }

        Draft status(Status now) {
            this.status = now;
            return this;
        }

        Draft good(String badge) {
            values.put("good", badge);
            return this;
        }

        Draft notice(String text) {
            values.put("notice", text);
            return this;
        }

        Draft bad(String notice) {
            values.put("bad", notice);
            return this;
        }

        Draft paragraph(String text) {
            paragraphs.add(text);
            return this;
        }

        /** Adds the points that the paragraphs announce, and a remark after them. */
        Draft points(List<String> points, String remark) {
            values.put("points", Map.of("items", points, "remark", remark));
            return this;
        }

        /** Adds the name of the user whom the page is about. */
        Draft who(String name) {
            values.put("who", name);
            return this;
        }

        Draft cookie(NewCookie cookie) {
            cookies.add(cookie);
            return this;
        }

        Draft button(String label, String action, Map<String, String> fields) {
            return button("", label, action, fields, false);
        }

        Draft quietButton(String label, String action, Map<String, String> fields) {
            return button("quiet", label, action, fields, false);
        }

        /** Adds a form that asks for email address and password. */
        Draft login(String label, String action, Map<String, String> fields) {
            values.put("email", text("email"));
            values.put("password", text("password"));
            return button("", label, action, fields, true);
        }

        private Draft button(
                String look, String label, String action, Map<String, String> fields, boolean credentials) {
            Map<String, String> all = new LinkedHashMap<>(fields);
            all.put(WebsiteSessions.FORM_FIELD, form.getValue());
            ways.add(Map.of(
                    "action",
                    action,
                    "fields",
                    List.copyOf(all.entrySet()),
                    "credentials",
                    credentials,
                    "look",
                    look,
                    "label",
                    label));
            return this;
        }

        Draft link(String label, String url) {
            ways.add(Map.of("link", url, "label", label));
            return this;
        }

        /** Adds what the user can do if a link from the app failed. */
        Draft next() {
            return paragraph(text("next")).link(text("support"), path("support"));
        }

        /** Sends the browser to another site, and adds a link in case it does not go. */
        Draft onwards(String label, String url) {
            values.put("refresh", url);
            return link(label, url);
        }

        /** Adds links to the same page in other languages. */
        Draft languages(String page) {
            List<Map<String, Object>> items = new ArrayList<>();
            Texts.regionsByLanguage()
                    .forEach((name, other) -> items.add(Map.of(
                            "name",
                            name,
                            "lang",
                            other,
                            "url",
                            Layout.root(uri) + other + "/" + page,
                            "current",
                            region.startsWith(other.substring(0, 2)))));
            values.put("nav", Map.of("label", text("languages"), "items", items));
            return this;
        }

        Response response() {
            Response.ResponseBuilder answer =
                    Response.status(status).type(Layout.HTML).entity(TEMPLATES.page("website", values));
            cookies.forEach(answer::cookie);
            return answer.build();
        }
    }
}

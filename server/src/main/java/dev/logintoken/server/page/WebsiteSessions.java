package dev.logintoken.server.page;

import dev.logintoken.server.auth.SessionTokens;
import dev.logintoken.server.auth.UserAuthenticator;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.Profiles;
import dev.logintoken.server.secret.Sha256;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NewCookie;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * Who is logged in to the website, and whether a form is the website's own. Both are kept in cookies that no other
 * host, no plain http and no script can set or read (RFC 6265bis, 4.1.3.2); their names tell two copies of the
 * application in one container apart.
 */
public final class WebsiteSessions {

    /** The hidden field that holds the same as the form cookie. */
    static final String FORM_FIELD = "form";

    private static final int NAME_BYTES = 4;
    private static final int FORM_TOKEN_BYTES = 32;

    private final SessionTokens sessions;
    private final UserAuthenticator users;
    private final Directory directory;
    private final Profiles profiles;
    private final UUID website;
    private final SecureRandom random = new SecureRandom();

    /**
     * The website's sessions.
     *
     * @param sessions starts and ends them
     * @param users reads the user token that a cookie holds
     * @param directory knows the website as a partner
     * @param profiles knows the users' names
     * @param website the partner with the role of a website
     */
    public WebsiteSessions(
            SessionTokens sessions, UserAuthenticator users, Directory directory, Profiles profiles, UUID website) {
        this.sessions = sessions;
        this.users = users;
        this.directory = directory;
        this.profiles = profiles;
        this.website = website;
    }

    /**
     * Somebody who is logged in.
     *
     * @param uuid who it is
     * @param name masked; empty if the user was deleted meanwhile
     */
    record LoggedIn(UUID uuid, Optional<String> name) {}

    /** The website in its role as a partner. */
    Partner website() {
        return directory.partner(website).orElseThrow();
    }

    /** Returns a user's email address, or else id, masked; empty if the user was deleted. */
    Optional<String> name(UUID user) {
        return profiles.name(user).map(Masked::name);
    }

    /** Who sent a request, if anybody is logged in. */
    Optional<LoggedIn> loggedIn(HttpServletRequest request) {
        return session(request).flatMap(this::user).map(user -> new LoggedIn(user, name(user)));
    }

    /** Returns the session that a request came with, ended or not. */
    Optional<String> session(HttpServletRequest request) {
        return cookie(request, sessionName(request));
    }

    /** Whether a session has neither expired nor ended. */
    boolean lives(String session) {
        return user(session).isPresent();
    }

    private Optional<UUID> user(String session) {
        return users.byToken(website(), "Bearer " + session).value();
    }

    /** Starts a new session, and ends the one that the request came with. */
    String start(HttpServletRequest request, UUID user) {
        end(request);
        return sessions.start(website, user).access();
    }

    /** The cookie that holds a session. */
    NewCookie sessionCookie(HttpServletRequest request, String session) {
        return cookie(sessionName(request), session, NewCookie.DEFAULT_MAX_AGE);
    }

    /** Ends the session that a request belongs to, if any, and takes its cookie away. */
    NewCookie end(HttpServletRequest request) {
        session(request)
                .flatMap(token -> users.session("Bearer " + token).value())
                .ifPresent(sessions::revoke);
        return cookie(sessionName(request), "", 0);
    }

    /** What a form has to send along: the browser's own value, or a new one. */
    NewCookie formCookie(HttpServletRequest request) {
        String token = form(request).orElseGet(this::formToken);
        return cookie(formName(request), token, NewCookie.DEFAULT_MAX_AGE);
    }

    /** Returns the value of the browser's forms. */
    Optional<String> form(HttpServletRequest request) {
        return cookie(request, formName(request));
    }

    /**
     * Whether a form was sent by a page of ours. The cookie alone would do; the browser's own word stands beside it.
     * A page that sends no referrer has {@code Origin: null} on its forms, and then {@code Sec-Fetch-Site} tells.
     */
    boolean own(HttpServletRequest request, MultivaluedMap<String, String> form) {
        String field = form.getFirst(FORM_FIELD);
        return sameOrigin(request)
                && field != null
                && form(request)
                        .filter(token -> MessageDigest.isEqual(bytes(token), bytes(field)))
                        .isPresent();
    }

    /** Whether browsers keep our cookies here: over https, or on the machine itself. */
    static boolean keepsCookies(HttpServletRequest request) {
        String host = request.getServerName();
        return request.isSecure()
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.replaceAll("[\\[\\]]", "").matches("(0{0,4}:){2,7}0{0,3}1");
    }

    private static boolean sameOrigin(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        if (site != null && !site.equals("same-origin")) {
            return false;
        }
        if (origin == null || origin.equals("null")) {
            return site != null;
        }
        try {
            // The scheme is left out: behind a proxy that ends TLS it is not ours.
            return String.valueOf(new URI(origin).getRawAuthority()).equals(request.getHeader(HttpHeaders.HOST));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private String formToken() {
        byte[] token = new byte[FORM_TOKEN_BYTES];
        random.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private static NewCookie cookie(String name, String value, int maxAge) {
        return new NewCookie.Builder(name)
                .value(value)
                .path("/")
                .maxAge(maxAge)
                .secure(true)
                .httpOnly(true)
                // Not strict: who follows a link from elsewhere is to be told that somebody is logged in already.
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }

    private static String sessionName(HttpServletRequest request) {
        byte[] hash = Sha256.of(request.getContextPath());
        return "__Host-login-token-" + HexFormat.of().formatHex(Arrays.copyOf(hash, NAME_BYTES));
    }

    private static String formName(HttpServletRequest request) {
        return sessionName(request) + "-form";
    }

    private static Optional<String> cookie(HttpServletRequest request, String name) {
        @Nullable Cookie[] cookies = request.getCookies();
        return Arrays.stream(cookies == null ? new Cookie[0] : cookies)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

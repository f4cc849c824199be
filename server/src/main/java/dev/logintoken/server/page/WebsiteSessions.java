package dev.logintoken.server.page;

import dev.logintoken.server.auth.SessionTokens;
import dev.logintoken.server.auth.UserAuthenticator;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.StoredDirectory;
import dev.logintoken.server.log.Exchange;
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
 * Manages logins to the website, and checks that forms come from the website itself. Both rely on cookies. No other
 * host, plain http or script can set or read them (RFC 6265bis, 4.1.3.2). The cookies' names distinguish two copies of
 * the application in one container.
 */
public final class WebsiteSessions {

    /** The hidden form field with the same value as the form cookie. */
    static final String FORM_FIELD = "form";

    private static final int NAME_BYTES = 4;
    private static final int FORM_TOKEN_BYTES = 32;

    private final SessionTokens sessions;
    private final UserAuthenticator users;
    private final StoredDirectory directory;
    private final UUID website;
    private final SecureRandom random = new SecureRandom();

    public WebsiteSessions(SessionTokens sessions, UserAuthenticator users, StoredDirectory directory, UUID website) {
        this.sessions = sessions;
        this.users = users;
        this.directory = directory;
        this.website = website;
    }

    /**
     * A user who is logged in.
     *
     * @param uuid the user's id
     * @param name the masked name; empty if the user was deleted meanwhile
     */
    record LoggedIn(UUID uuid, Optional<String> name) {}

    /** Returns the website as a partner. */
    Partner website() {
        return directory.partner(website).orElseThrow();
    }

    /** Returns a user's masked email address, or masked id if there is no address; empty if the user was deleted. */
    Optional<String> name(UUID user) {
        return directory.users().name(user).map(Masked::name);
    }

    /** Returns the user who sent a request, if one is logged in. */
    Optional<LoggedIn> loggedIn(HttpServletRequest request) {
        return session(request).flatMap(this::user).map(user -> new LoggedIn(user, name(user)));
    }

    /** Returns the session in a request's cookie, ended or not. */
    Optional<String> session(HttpServletRequest request) {
        return cookie(request, sessionName(request));
    }

    /** Returns whether a session has neither expired nor ended. */
    boolean lives(String session) {
        return user(session).isPresent();
    }

    private Optional<UUID> user(String session) {
        return users.byToken(website(), "Bearer " + session).value();
    }

    /** Starts a new session, and ends the session of the request. */
    String start(HttpServletRequest request, UUID user) {
        end(request);
        return sessions.start(website, user).access();
    }

    /** Returns the cookie that holds a session. */
    NewCookie sessionCookie(HttpServletRequest request, String session) {
        return cookie(sessionName(request), session, NewCookie.DEFAULT_MAX_AGE);
    }

    /** Ends a request's session, if any, and returns a cookie that removes the session's. */
    NewCookie end(HttpServletRequest request) {
        session(request)
                .flatMap(token -> users.session("Bearer " + token).value())
                .ifPresent(sid -> sessions.revoke(sid, Exchange.current().id()));
        return cookie(sessionName(request), "", 0);
    }

    /** Returns the cookie for forms, with the browser's own value or a new one. */
    NewCookie formCookie(HttpServletRequest request) {
        String token = form(request).orElseGet(this::formToken);
        return cookie(formName(request), token, NewCookie.DEFAULT_MAX_AGE);
    }

    /** Returns the value of the browser's form cookie. */
    Optional<String> form(HttpServletRequest request) {
        return cookie(request, formName(request));
    }

    /**
     * Returns whether one of our pages sent a form. The cookie alone would be enough; the browser's headers are a
     * second check. A page that sends no referrer has {@code Origin: null} on its forms. Then {@code Sec-Fetch-Site}
     * decides.
     */
    boolean own(HttpServletRequest request, MultivaluedMap<String, String> form) {
        String field = form.getFirst(FORM_FIELD);
        return sameOrigin(request)
                && field != null
                && form(request)
                        .filter(token -> MessageDigest.isEqual(bytes(token), bytes(field)))
                        .isPresent();
    }

    /** Returns whether browsers keep our cookies here: over https, or on the machine itself. */
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
            // The scheme is not compared: behind a proxy that terminates TLS it differs from ours.
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
                // Lax, not strict: a user who follows a link from another site has to see that somebody is logged in
                // already.
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

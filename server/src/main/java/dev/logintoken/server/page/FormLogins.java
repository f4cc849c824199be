package dev.logintoken.server.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.logintoken.api.model.RedemptionErrorCode;
import dev.logintoken.server.auth.Jwts;
import dev.logintoken.server.outcome.Outcome;
import dev.logintoken.server.secret.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.NewCookie;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Remembers which session the form of a login link started. A form may be sent twice, by a double tap or the back
 * button. The second time gets the same session while it lasts. The browser's form cookie and the login token together
 * identify a form. So the same link in another browser finds nothing here. The token is redeemed only once in any case.
 *
 * <p>The sessions are kept in memory. If one form reaches two nodes at once, one logs in, and the other says that the
 * link was used. A website of several nodes keeps this beside its sessions.
 */
final class FormLogins {

    private static final int MAX_LOGINS = 10_000;

    private final WebsiteSessions sessions;
    private final Cache<String, Outcome<String, RedemptionErrorCode>> started = Caffeine.newBuilder()
            .maximumSize(MAX_LOGINS)
            .expireAfterWrite(Jwts.LIFE)
            .build();

    FormLogins(WebsiteSessions sessions) {
        this.sessions = sessions;
    }

    /** Returns whether the browser is logged in by the session that this link started. */
    boolean loggedInBy(HttpServletRequest request, String uuid, String token) {
        Optional<String> session = Optional.ofNullable(started.getIfPresent(key(request, uuid, token)))
                .flatMap(Outcome::value)
                .filter(sessions::lives);
        return session.isPresent() && session.equals(sessions.session(request));
    }

    /**
     * Returns the cookie of the session that this form started, or starts it. Of two concurrent requests, one redeems
     * and the other waits for its session.
     *
     * @param redeem redeems the login token and returns its user
     */
    Outcome<NewCookie, RedemptionErrorCode> once(
            HttpServletRequest request,
            String uuid,
            String token,
            Supplier<Outcome<UUID, RedemptionErrorCode>> redeem) {
        String key = key(request, uuid, token);
        Outcome<String, RedemptionErrorCode> outcome = started.asMap()
                .compute(
                        key,
                        (any, earlier) -> earlier != null
                                        && earlier.value()
                                                .filter(sessions::lives)
                                                .isPresent()
                                ? earlier
                                : redeem.get().flatMap(user -> Outcome.granted(sessions.start(request, user))));
        if (outcome.value().isEmpty()) {
            started.invalidate(key); // Only what succeeded is worth the room.
        }
        return outcome.flatMap(session -> Outcome.granted(sessions.sessionCookie(request, session)));
    }

    private String key(HttpServletRequest request, String uuid, String token) {
        String form = sessions.form(request).orElse("");
        return HexFormat.of().formatHex(Sha256.of(String.join("\n", form, uuid.toLowerCase(Locale.ROOT), token)));
    }
}

package dev.logintoken.server.auth;

import dev.logintoken.api.model.ClientErrorCode;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.log.Exchange;
import dev.logintoken.server.outcome.Outcome;
import dev.logintoken.server.secret.Sha256;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.Set;

import static dev.logintoken.api.model.ClientErrorCode.API_KEY_INVALID;
import static dev.logintoken.api.model.ClientErrorCode.API_KEY_MISSING;
import static dev.logintoken.api.model.ClientErrorCode.CLIENT_TOKEN_EXPIRED;
import static dev.logintoken.api.model.ClientErrorCode.CLIENT_TOKEN_INVALID;
import static dev.logintoken.api.model.ClientErrorCode.CLIENT_TOKEN_MISSING;
import static dev.logintoken.api.model.ClientErrorCode.MULTIPLE_METHODS;

/** Authenticates the calling partner. It reports only the first error, so a stranger learns no more. */
public final class ClientAuthenticator {

    private final Directory directory;
    private final Sessions sessions;
    private final Jwts jwts;

    public ClientAuthenticator(Directory directory, Sessions sessions, Jwts jwts) {
        this.directory = directory;
        this.sessions = sessions;
        this.jwts = jwts;
    }

    /**
     * Authenticates a request by exactly one of the spec's security schemes.
     *
     * @param apiKey the value of {@code X-Api-Key}, null if absent; several header lines are joined by commas
     * @param authorization the value of {@code Authorization}, null if absent; several header lines are joined by
     *     commas
     */
    public Outcome<Partner, ClientErrorCode> authenticate(@Nullable String apiKey, @Nullable String authorization) {
        Outcome<Partner, ClientErrorCode> outcome = byHeaders(apiKey, authorization);
        outcome.value().ifPresent(partner -> Exchange.current().calledBy(partner.uuid()));
        return outcome;
    }

    private Outcome<Partner, ClientErrorCode> byHeaders(@Nullable String apiKey, @Nullable String authorization) {
        if ((authorization != null && apiKey != null) || repeated(authorization) || repeated(apiKey)) {
            return Outcome.denied(MULTIPLE_METHODS);
        }
        if (authorization != null) {
            return BearerToken.in(authorization)
                    .map(this::byToken)
                    .orElseGet(() -> Outcome.denied(CLIENT_TOKEN_MISSING));
        }
        if (apiKey != null) {
            return byApiKey(BearerToken.trim(apiKey));
        }
        return Outcome.denied(Set.of(CLIENT_TOKEN_MISSING, API_KEY_MISSING));
    }

    /**
     * Returns whether a header was sent in several lines. They are joined by commas, and no valid value has a comma.
     */
    private static boolean repeated(@Nullable String value) {
        return value != null && value.indexOf(',') >= 0;
    }

    private Outcome<Partner, ClientErrorCode> byToken(String token) {
        Claims claims = jwts.partnerClaims(token).orElse(null);
        Optional<Partner> partner = claims == null ? Optional.empty() : directory.partner(claims.subject());
        if (claims == null || partner.isEmpty()) {
            return Outcome.denied(CLIENT_TOKEN_INVALID);
        }
        if (jwts.expired(claims)) {
            return Outcome.denied(CLIENT_TOKEN_EXPIRED);
        }
        return partner.filter(Partner::enabled)
                .filter(enabled -> sessions.lives(claims.session(), enabled.uuid(), Optional.empty()))
                .map(Outcome::<Partner, ClientErrorCode>granted)
                .orElseGet(() -> Outcome.denied(CLIENT_TOKEN_INVALID));
    }

    private Outcome<Partner, ClientErrorCode> byApiKey(String apiKey) {
        if (apiKey.isEmpty()) {
            return Outcome.denied(API_KEY_MISSING);
        }
        return directory
                .partnerByApiKey(Sha256.of(apiKey))
                .filter(Partner::enabled)
                .map(Outcome::<Partner, ClientErrorCode>granted)
                .orElseGet(() -> Outcome.denied(API_KEY_INVALID));
    }
}

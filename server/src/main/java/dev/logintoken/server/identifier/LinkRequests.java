package dev.logintoken.server.identifier;

import com.nimbusds.jose.JOSEObjectType;
import dev.logintoken.server.auth.HmacKey;
import dev.logintoken.server.auth.SignedJwts;
import dev.logintoken.server.key.KeySet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/** Issues and parses link requests: JWTs that a user's browser carries to the website. */
public final class LinkRequests {

    private static final JOSEObjectType TYPE = new JOSEObjectType("link-request+jwt");
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final SignedJwts jwts;
    private final Clock clock;

    public LinkRequests(KeySet<HmacKey> keys, Clock clock) {
        this.jwts = new SignedJwts(keys);
        this.clock = clock;
    }

    /**
     * Issues a request for a user's consent. It names the registration by its id, never by the identifier.
     *
     * @param registration id of the registration to link
     * @param partner the partner that registered it
     * @param returnUrl the URL to which the user returns
     */
    String issue(UUID registration, UUID partner, String returnUrl) {
        Instant now = clock.instant();
        return jwts.sign(
                TYPE,
                SignedJwts.claims()
                        .subject(registration.toString())
                        .expirationTime(Date.from(now.plus(LIFE)))
                        .claim("partner", partner.toString())
                        .claim("returnUrl", returnUrl));
    }

    /** Returns the content of a link request that we signed, expired or not. */
    Optional<LinkRequest> read(String token) {
        return jwts.read(
                TYPE,
                token,
                (header, claims) -> new LinkRequest(
                        UUID.fromString(claims.getSubject()),
                        UUID.fromString(claims.getStringClaim("partner")),
                        claims.getStringClaim("returnUrl"),
                        !clock.instant().isBefore(claims.getExpirationTime().toInstant())));
    }
}

package dev.logintoken.server.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.logintoken.server.key.KeySet;
import org.jspecify.annotations.Nullable;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Issues and parses partner and user tokens. */
public final class Jwts {

    /** The lifetime of a token. */
    public static final Duration LIFE = Duration.ofHours(1);

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    private static final JOSEObjectType PARTNER_TOKEN = new JOSEObjectType("partner+jwt");
    private static final JOSEObjectType USER_TOKEN = new JOSEObjectType("user+jwt");

    private final KeySet<HmacKey> keys;
    private final SignedJwts jwts;
    private final Clock clock;
    private final GenuineTokens partnerTokens = new GenuineTokens();
    private final GenuineTokens userTokens = new GenuineTokens();

    public Jwts(KeySet<HmacKey> keys, Clock clock) {
        this.keys = keys;
        this.jwts = new SignedJwts(keys);
        this.clock = clock;
    }

    /** Issues a partner token, valid from now on. */
    public String partnerToken(UUID partner, UUID session) {
        return partnerToken(partner, session, clock.instant().plus(LIFE));
    }

    /** Issues a partner token that is valid until the given time. */
    public String partnerToken(UUID partner, UUID session, Instant expiry) {
        return jwts.sign(PARTNER_TOKEN, claims(partner, session, expiry));
    }

    /** Issues a user token, valid from now on. */
    public String userToken(UUID user, UUID partner, UUID session) {
        return userToken(user, partner, session, clock.instant().plus(LIFE));
    }

    /** Issues a user token that is valid until the given time. */
    public String userToken(UUID user, UUID partner, UUID session, Instant expiry) {
        return jwts.sign(USER_TOKEN, claims(user, session, expiry).claim("partner", partner.toString()));
    }

    /** Returns whether a genuine token has expired, allowing for 30 seconds of clock skew. */
    boolean expired(Claims claims) {
        return !clock.instant().isBefore(claims.expiry().plus(CLOCK_SKEW));
    }

    /** Returns whether a genuine token is older than its session can be. */
    boolean outlived(Claims claims, Duration session) {
        return clock.instant().isAfter(claims.expiry().minus(LIFE).plus(session));
    }

    /** Returns the claims of a partner token if we signed it, expired or not. */
    Optional<Claims> partnerClaims(String token) {
        return claims(partnerTokens, PARTNER_TOKEN, token, JWTClaimsSet::getSubject);
    }

    /** Returns the claims of a user token if we signed it, expired or not. */
    Optional<Claims> userClaims(String token) {
        return claims(userTokens, USER_TOKEN, token, claims -> claims.getClaim("partner"));
    }

    private Optional<Claims> claims(
            GenuineTokens known, JOSEObjectType type, String token, Function<JWTClaimsSet, @Nullable Object> partner) {
        return known.claims(
                token,
                key -> keys.verifying(key).isPresent(),
                () -> jwts.read(type, token, (header, claims) -> genuine(header, claims, partner)));
    }

    private static JWTClaimsSet.Builder claims(UUID subject, UUID session, Instant expiry) {
        return SignedJwts.claims()
                .subject(subject.toString())
                .expirationTime(Date.from(expiry))
                .issueTime(Date.from(expiry.minus(LIFE)))
                .claim("sid", session.toString());
    }

    private static GenuineTokens.Genuine genuine(
            JWSHeader header, JWTClaimsSet claims, Function<JWTClaimsSet, @Nullable Object> partner)
            throws ParseException {
        return new GenuineTokens.Genuine(
                header.getKeyID(),
                new Claims(
                        UUID.fromString(claims.getSubject()),
                        UUID.fromString(String.valueOf(partner.apply(claims))),
                        UUID.fromString(claims.getStringClaim("sid")),
                        claims.getExpirationTime().toInstant()));
    }
}

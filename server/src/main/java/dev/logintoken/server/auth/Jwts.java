package dev.logintoken.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.logintoken.server.key.Key;
import dev.logintoken.server.key.KeySet;
import org.jspecify.annotations.Nullable;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Signs and reads partner and user tokens: JWTs (RFC 7519) by HS256, told apart by {@code typ} (RFC 8725, 3.11). */
public final class Jwts {

    /** How long a token is valid. */
    public static final Duration LIFE = Duration.ofHours(1);

    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final int MAX_LENGTH = 4096;
    private static final String ISSUER = "login-token";
    private static final JOSEObjectType PARTNER_TOKEN = new JOSEObjectType("partner+jwt");
    private static final JOSEObjectType USER_TOKEN = new JOSEObjectType("user+jwt");

    private static final JOSEObjectType LINK_REQUEST = new JOSEObjectType("link-request+jwt");
    private static final Duration LINK_REQUEST_LIFE = Duration.ofMinutes(10);

    private final KeySet<HmacKey> keys;
    private final Clock clock;
    private final GenuineTokens partnerTokens = new GenuineTokens();
    private final GenuineTokens userTokens = new GenuineTokens();

    /**
     * @param keys sign and verify the tokens; each token's header names its key
     * @param clock tells the time
     */
    public Jwts(KeySet<HmacKey> keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A key, made ready to sign and verify.
     *
     * @param id names it in a token's header
     */
    public record HmacKey(String id, JWSSigner signer, JWSVerifier verifier) {

        /**
         * Makes a key ready.
         *
         * @throws IllegalArgumentException if it is shorter than 32 bytes
         */
        public static HmacKey of(Key key) {
            try {
                return new HmacKey(key.id(), new MACSigner(key.secret()), new MACVerifier(key.secret()));
            } catch (JOSEException e) {
                throw new IllegalArgumentException("A key for HS256 has at least 32 bytes.", e);
            }
        }
    }

    /** A partner token, valid from now on. */
    public String partnerToken(UUID partner, UUID session) {
        return partnerToken(partner, session, clock.instant().plus(LIFE));
    }

    /** A partner token that is valid until the given moment. */
    public String partnerToken(UUID partner, UUID session, Instant expiry) {
        return sign(PARTNER_TOKEN, claims(partner, session, expiry));
    }

    /** A user token, valid from now on. */
    public String userToken(UUID user, UUID partner, UUID session) {
        return userToken(user, partner, session, clock.instant().plus(LIFE));
    }

    /** A user token that is valid until the given moment. */
    public String userToken(UUID user, UUID partner, UUID session, Instant expiry) {
        return sign(USER_TOKEN, claims(user, session, expiry).claim("partner", partner.toString()));
    }

    /** Whether a genuine token has expired, 30 seconds of clock skew allowed. */
    boolean expired(Claims claims) {
        return !clock.instant().isBefore(claims.expiry().plus(SKEW));
    }

    /** Whether a genuine token is older than the session that it belongs to can be. */
    boolean outlived(Claims claims, Duration session) {
        return clock.instant().isAfter(claims.expiry().minus(LIFE).plus(session));
    }

    /**
     * A request to link an identifier, for the way of the user through the website. It names the registration by its id,
     * never by the identifier.
     *
     * @param registration what is to be linked
     * @param partner who registered it
     * @param returnUrl where the user goes afterwards
     */
    public String linkRequest(UUID registration, UUID partner, String returnUrl) {
        Instant now = clock.instant();
        return sign(
                LINK_REQUEST,
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience(ISSUER)
                        .subject(registration.toString())
                        .expirationTime(Date.from(now.plus(LINK_REQUEST_LIFE)))
                        .claim("partner", partner.toString())
                        .claim("returnUrl", returnUrl));
    }

    /** What a request to link an identifier says, if it is one of ours, expired or not. */
    public Optional<LinkRequest> readLinkRequest(String token) {
        return genuine(LINK_REQUEST, token).flatMap(jwt -> {
            try {
                JWTClaimsSet claims = jwt.getJWTClaimsSet();
                return Optional.of(new LinkRequest(
                        UUID.fromString(claims.getSubject()),
                        UUID.fromString(claims.getStringClaim("partner")),
                        claims.getStringClaim("returnUrl"),
                        !clock.instant().isBefore(claims.getExpirationTime().toInstant())));
            } catch (ParseException | RuntimeException e) {
                return Optional.empty();
            }
        });
    }

    /** What a partner token says, if it is one of ours, expired or not. */
    Optional<Claims> partnerClaims(String token) {
        return claims(partnerTokens, PARTNER_TOKEN, token, JWTClaimsSet::getSubject);
    }

    /** What a user token says, if it is one of ours, expired or not. */
    Optional<Claims> userClaims(String token) {
        return claims(userTokens, USER_TOKEN, token, claims -> claims.getClaim("partner"));
    }

    private Optional<Claims> claims(
            GenuineTokens known, JOSEObjectType type, String token, Function<JWTClaimsSet, @Nullable Object> partner) {
        return known.claims(
                token,
                key -> keys.verifying(key).isPresent(),
                () -> genuine(type, token).flatMap(jwt -> read(jwt, partner)));
    }

    private String sign(JOSEObjectType type, JWTClaimsSet.Builder claims) {
        HmacKey key = keys.signing();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(type)
                .keyID(key.id())
                .build();
        SignedJWT token = new SignedJWT(header, claims.build());
        try {
            token.sign(key.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
        return token.serialize();
    }

    private static JWTClaimsSet.Builder claims(UUID subject, UUID session, Instant expiry) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(ISSUER)
                .subject(subject.toString())
                .expirationTime(Date.from(expiry))
                .issueTime(Date.from(expiry.minus(LIFE)))
                .claim("sid", session.toString());
    }

    private Optional<SignedJWT> genuine(JOSEObjectType type, String token) {
        if (token.length() > MAX_LENGTH || !CompactForm.isCanonical(token)) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWSHeader header = jwt.getHeader();
            return JWSAlgorithm.HS256.equals(header.getAlgorithm())
                            && type.equals(header.getType())
                            && header.getKeyID() != null
                            && verified(jwt, header.getKeyID())
                            && ISSUER.equals(jwt.getJWTClaimsSet().getIssuer())
                            && jwt.getJWTClaimsSet().getAudience().equals(List.of(ISSUER))
                    ? Optional.of(jwt)
                    : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private boolean verified(SignedJWT jwt, String keyId) throws JOSEException {
        Optional<HmacKey> key = keys.verifying(keyId);
        return key.isPresent() && jwt.verify(key.get().verifier());
    }

    private static Optional<GenuineTokens.Genuine> read(
            SignedJWT jwt, Function<JWTClaimsSet, @Nullable Object> partner) {
        try {
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            return Optional.of(new GenuineTokens.Genuine(
                    jwt.getHeader().getKeyID(),
                    new Claims(
                            UUID.fromString(claims.getSubject()),
                            UUID.fromString(String.valueOf(partner.apply(claims))),
                            UUID.fromString(claims.getStringClaim("sid")),
                            claims.getExpirationTime().toInstant())));
        } catch (ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }
}

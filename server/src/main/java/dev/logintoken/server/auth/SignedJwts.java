package dev.logintoken.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.logintoken.server.key.KeySet;

import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/**
 * Signs and verifies JWTs (RFC 7519) by HS256. The header's {@code typ} distinguishes the kinds of JWT (RFC 8725,
 * 3.11).
 */
public final class SignedJwts {

    private static final int MAX_LENGTH = 4096;
    private static final String ISSUER = "login-token";

    private final KeySet<HmacKey> keys;

    public SignedJwts(KeySet<HmacKey> keys) {
        this.keys = keys;
    }

    /** Returns a builder of claims with our issuer and audience. */
    public static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder().issuer(ISSUER).audience(ISSUER);
    }

    /** Returns a signed JWT. */
    public String sign(JOSEObjectType type, JWTClaimsSet.Builder claims) {
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

    /** Reads a value from a verified JWT, and fails if a claim is missing or malformed. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Returns the value. */
        T read(JWSHeader header, JWTClaimsSet claims) throws ParseException;
    }

    /**
     * Returns the content of a JWT of this type if its signature, issuer and audience are ours. It may have expired.
     * The result is empty if the reader fails.
     */
    public <T> Optional<T> read(JOSEObjectType type, String token, Reader<T> reader) {
        Optional<SignedJWT> jwt = verified(type, token);
        try {
            return jwt.isEmpty()
                    ? Optional.empty()
                    : Optional.of(reader.read(jwt.get().getHeader(), jwt.get().getJWTClaimsSet()));
        } catch (ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private Optional<SignedJWT> verified(JOSEObjectType type, String token) {
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
}

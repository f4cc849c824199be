package dev.logintoken.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import dev.logintoken.server.key.Key;

/**
 * A key, ready to sign and verify.
 *
 * @param id the key's id in a token's header
 */
public record HmacKey(String id, JWSSigner signer, JWSVerifier verifier) {

    /**
     * Prepares a key to sign and verify.
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

package dev.logintoken.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.logintoken.server.secret.Sha256;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Caches the claims of genuine tokens by the token's hash. A token arrives many times, and verifying its signature
 * takes longer than the rest of a request. Expiry and revocation are checked each time. Only genuine tokens are cached,
 * so made-up ones use no room.
 */
final class GenuineTokens {

    /** The cache's size: each token takes some 400 bytes. */
    private static final int MAX_TOKENS = 20_000;

    private final Cache<ByteBuffer, Genuine> kept = Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .expireAfterWrite(Jwts.LIFE)
            .build();

    /**
     * The claims of a genuine token.
     *
     * @param key the id of the key that signed it
     */
    record Genuine(String key, Claims claims) {}

    /**
     * Returns the claims of a token if it is genuine. A cached token is not verified again.
     *
     * @param verifies returns whether the key with this id still verifies
     */
    Optional<Claims> claims(String token, Predicate<String> verifies, Supplier<Optional<Genuine>> verified) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.of(token));
        Genuine known = kept.getIfPresent(hash);
        if (known != null && verifies.test(known.key())) {
            return Optional.of(known.claims());
        }
        Optional<Genuine> found = verified.get();
        found.ifPresent(genuine -> kept.put(hash, genuine));
        return found.map(Genuine::claims);
    }
}

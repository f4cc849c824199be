package dev.logintoken.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.logintoken.server.secret.Sha256;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the tokens say that were found to be genuine, by their hash: a token comes many times in its life, and to verify its
 * signature and read it takes longer than all else. Whether it has expired or was revoked is not kept. Tokens that are not
 * genuine are not kept either, so that whoever makes them up takes up no room.
 */
final class GenuineTokens {

    /** Some 400 bytes each. */
    private static final int ENOUGH = 20_000;

    private final Cache<ByteBuffer, Genuine> kept = Caffeine.newBuilder()
            .maximumSize(ENOUGH)
            .expireAfterWrite(Jwts.LIFE)
            .build();

    /**
     * What a token was found to be.
     *
     * @param key the id of the key that signed it
     */
    record Genuine(String key, Claims claims) {}

    /**
     * What a token says, if it is genuine; it is verified only if it was not lately.
     *
     * @param verifies whether the key of an id still verifies
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

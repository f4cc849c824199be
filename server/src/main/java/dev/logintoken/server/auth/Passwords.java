package dev.logintoken.server.auth;

import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.AbstractValidatingPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Hashes passwords by Argon2id, with the minimum parameters of OWASP's Password Storage Cheat Sheet. Also checks the
 * bcrypt hashes of the first release.
 */
public final class Passwords {

    private static final String ARGON2 = "argon2";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int PARALLELISM = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int ITERATIONS = 2;

    /** The spec's {@code maxLength} of a password, in characters. */
    private static final int MAX_LENGTH = 72;

    /**
     * A made-up hash that no password matches; checking it takes as long as any. To compute a real one would delay each
     * start.
     */
    private static final String NOBODYS = "{%s}$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(ARGON2, MEMORY_KIB, ITERATIONS, PARALLELISM, "A".repeat(22), "A".repeat(43));

    private final PasswordEncoder encoder;

    /** Creates a hasher. New hashes are made by Argon2id. */
    public Passwords() {
        DelegatingPasswordEncoder delegating = new DelegatingPasswordEncoder(
                ARGON2,
                Map.of(ARGON2, new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, PARALLELISM, MEMORY_KIB, ITERATIONS)));
        delegating.setDefaultPasswordEncoderForMatches(new WholeBcrypt());
        this.encoder = delegating;
    }

    /**
     * Returns a password's hash, to be stored.
     *
     * @throws IllegalArgumentException if nobody could log in with the password: it is empty, too long, or no Unicode
     *     text
     */
    public String hash(String password) {
        int length = password.codePointCount(0, password.length());
        if (length == 0 || length > MAX_LENGTH || !isUnicode(password)) {
            throw new IllegalArgumentException("A password has 1 to " + MAX_LENGTH + " characters.");
        }
        return Objects.requireNonNull(encoder.encode(password));
    }

    /** Returns whether a password matches a hash. Without a hash the answer is false and takes as long. */
    boolean matches(String password, Optional<String> hash) {
        // Hashing works on UTF-8, which cannot encode half a surrogate pair.
        boolean unicode = isUnicode(password);
        boolean matches = encoder.matches(unicode ? password : "?", hash.orElse(NOBODYS));
        return matches && unicode && hash.isPresent();
    }

    /** Returns whether a hash is outdated and should be replaced. */
    boolean outdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }

    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /**
     * Rejects passwords that bcrypt confuses. Bcrypt reads 72 bytes, and cannot tell a password from its repetition
     * after a zero byte. Such passwords do not match here.
     */
    private static final class WholeBcrypt extends AbstractValidatingPasswordEncoder {

        private static final int MAX_BYTES = 72;

        private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();

        @Override
        protected String encodeNonNullPassword(String password) {
            throw new UnsupportedOperationException("Passwords are no longer hashed by bcrypt.");
        }

        @Override
        protected boolean matchesNonNull(String password, String hash) {
            boolean whole = password.indexOf('\0') < 0 && password.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
            return bcrypt.matches(password, hash) && whole;
        }
    }
}

package dev.logintoken.server.auth;

import dev.logintoken.server.directory.Directory.Account;
import org.springframework.security.crypto.bcrypt.BCrypt;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Checks passwords by bcrypt: at the same cost whether the name is known or not, and few at once. */
public final class Passwords {

    /** Bcrypt looks at no more bytes than these. */
    private static final int MAX_BYTES = 72;

    private static final int MAX_WAIT_SECONDS = 2;

    private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();

    /** Of no password, but checked at the same cost as any: made up, since to hash one would hold up each start. */
    private final String nobodys = BCrypt.gensalt() + ".".repeat(31);

    private final Semaphore hashers = new Semaphore(Runtime.getRuntime().availableProcessors());

    /** What a check came to. */
    enum Verdict {
        RIGHT,
        WRONG,
        /** Too many checks are under way to begin another. */
        BUSY
    }

    /**
     * What is kept of a password.
     *
     * @throws IllegalArgumentException if it is empty or has more than 72 bytes, so that nobody could log in with it
     */
    public static String hash(String password) {
        int length = password.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_BYTES) {
            throw new IllegalArgumentException("A password has 1 to " + MAX_BYTES + " bytes.");
        }
        return Objects.requireNonNull(new BCryptPasswordEncoder().encode(password));
    }

    Verdict check(Optional<Account> account, String password) {
        try {
            if (!hashers.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return Verdict.BUSY;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.BUSY;
        }
        try {
            Optional<String> hash = account.flatMap(Account::passwordHash);
            boolean right = bcrypt.matches(password, hash.orElse(nobodys));
            boolean whole = password.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
            return right && whole && hash.isPresent() ? Verdict.RIGHT : Verdict.WRONG;
        } finally {
            hashers.release();
        }
    }
}

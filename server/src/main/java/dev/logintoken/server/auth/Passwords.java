package dev.logintoken.server.auth;

import dev.logintoken.server.directory.Directory.Account;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Checks passwords by bcrypt: at the same cost whether the name is known or not, and few at once. */
final class Passwords {

    /** Bcrypt looks at no more bytes than these. */
    private static final int MAX_BYTES = 72;

    private static final int MAX_WAIT_SECONDS = 2;

    private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();
    private final String nobodys =
            Objects.requireNonNull(bcrypt.encode(UUID.randomUUID().toString()));
    private final Semaphore hashers = new Semaphore(Runtime.getRuntime().availableProcessors());

    /** What a check came to. */
    enum Verdict {
        RIGHT,
        WRONG,
        /** Too many checks are under way to begin another. */
        BUSY
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

package dev.logintoken.server.auth;

import dev.logintoken.api.model.AttemptsErrorCode;
import dev.logintoken.server.auth.HashingQueue.Place;
import dev.logintoken.server.auth.Throttle.Candidate;
import dev.logintoken.server.directory.Accounts;
import dev.logintoken.server.directory.Accounts.Account;
import dev.logintoken.server.outcome.Outcome;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Logs in by name and password. The {@link Throttle} counts each attempt before the password is hashed. The attempt
 * then waits in a {@link HashingQueue}. Known origins have a queue of their own, so strangers cannot fill it.
 */
public final class Logins {

    private static final int MAX_HASHERS_PER_QUEUE =
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private static final Duration MAX_WAIT_FOR_HASHING = Duration.ofSeconds(5);
    private static final Duration RETRY_WHEN_BUSY = Duration.ofSeconds(1);

    private final Throttle throttle;
    private final Passwords passwords = new Passwords();
    private final HashingQueue known;
    private final HashingQueue strangers;

    public Logins(Throttle throttle) {
        this(throttle, MAX_WAIT_FOR_HASHING);
    }

    Logins(Throttle throttle, Duration maxWaitForHashing) {
        this.throttle = throttle;
        this.known = new HashingQueue(MAX_HASHERS_PER_QUEUE, maxWaitForHashing);
        this.strangers = new HashingQueue(MAX_HASHERS_PER_QUEUE, maxWaitForHashing);
    }

    /**
     * An attempt to log in.
     *
     * @param name the name to log in as
     * @param password the password that was sent
     * @param origin where the attempt comes from
     */
    public record Attempt(String name, String password, Origin origin) {

        /** Returns an attempt by a caller who has not authenticated. */
        public static Attempt anonymous(String name, String password, String address) {
            return new Attempt(name, password, Origin.anonymous(address));
        }

        /** Returns an attempt by a user, forwarded by an authenticated partner. */
        public static Attempt through(UUID partner, String name, String password, String address) {
            return new Attempt(name, password, Origin.of(partner, address));
        }

        @Override
        public String toString() {
            return "Attempt[…]";
        }
    }

    /**
     * Returns the account that logs in, or empty if name or password are wrong. Both answers take the same time.
     *
     * @param accounts the accounts to look the name up in
     */
    public Outcome<Optional<UUID>, AttemptsErrorCode> attempt(Attempt attempt, Accounts accounts) {
        Candidate candidate = throttle.candidate(accounts.kind(), attempt.name(), attempt.origin());
        HashingQueue queue = candidate.known() ? known : strangers;
        Optional<Place> free = queue.enter(attempt.origin().caller());
        if (free.isEmpty()) {
            return later(RETRY_WHEN_BUSY);
        }
        try (Place place = free.get()) {
            Duration wait = candidate.reserve();
            if (!wait.isZero()) {
                return later(wait);
            }
            Optional<Account> account = accounts.find(attempt.name());
            if (!place.await()) {
                candidate.cancel();
                return later(RETRY_WHEN_BUSY);
            }
            return Outcome.granted(check(attempt.password(), account, accounts, candidate));
        }
    }

    private Optional<UUID> check(String password, Optional<Account> account, Accounts accounts, Candidate candidate) {
        Optional<String> hash = account.flatMap(Account::passwordHash);
        if (!passwords.matches(password, hash)) {
            return Optional.empty();
        }
        candidate.succeeded();
        hash.filter(passwords::outdated)
                .ifPresent(outdated ->
                        accounts.replaceHash(account.orElseThrow().uuid(), outdated, passwords.hash(password)));
        return account.map(Account::uuid);
    }

    private static Outcome<Optional<UUID>, AttemptsErrorCode> later(Duration wait) {
        // Rounded up to whole seconds: a caller who waits that long gets through.
        return new Outcome.Denied<>(Set.of(AttemptsErrorCode.TOO_MANY_ATTEMPTS), Optional.of(wait.plusMillis(999)));
    }
}

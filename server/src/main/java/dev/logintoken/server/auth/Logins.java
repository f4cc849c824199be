package dev.logintoken.server.auth;

import dev.logintoken.api.model.AttemptsErrorCode;
import dev.logintoken.server.directory.Directory.Account;
import dev.logintoken.server.directory.FailedAttempts;
import dev.logintoken.server.directory.Sha256;
import dev.logintoken.server.error.Outcome;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Logs in by name and password, and makes guessing slow: failures are counted against the name and against the network
 * that they come from, and after some of them the next attempt has to wait.
 */
public final class Logins {

    private static final int FREE_FOR_A_NAME = 5;
    private static final int FREE_FOR_A_NETWORK = 200;
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final FailedAttempts attempts;
    private final Clock clock;
    private final Passwords passwords = new Passwords();

    /**
     * Logins whose failures are counted.
     *
     * @param attempts counts them
     * @param clock tells the time
     */
    public Logins(FailedAttempts attempts, Clock clock) {
        this.attempts = attempts;
        this.clock = clock;
    }

    /**
     * An attempt to log in.
     *
     * @param kind what the name belongs to, a partner or a user
     * @param name who wants to log in
     * @param password what was given as the password
     * @param address where the request came from
     */
    public record Attempt(String kind, String name, String password, String address) {
        @Override
        public String toString() {
            return "Attempt[" + kind + "]";
        }
    }

    /**
     * Who logs in; empty if name or password are wrong, which takes the same time.
     *
     * @param lookUp finds the account of a name
     */
    public Outcome<Optional<UUID>, AttemptsErrorCode> attempt(
            Attempt attempt, Function<String, Optional<Account>> lookUp) {
        Instant now = clock.instant();
        byte[] name = subject(attempt.kind(), attempt.name());
        byte[] network = Sha256.of("network\0" + network(attempt.address()));
        Duration wait = Collections.max(List.of(attempts.wait(name, now), attempts.wait(network, now)));
        if (!wait.isZero()) {
            return later(wait);
        }
        Optional<Account> account = lookUp.apply(attempt.name());
        return switch (passwords.check(account, attempt.password())) {
            case BUSY -> later(BUSY);
            case RIGHT -> {
                attempts.succeeded(name);
                yield Outcome.granted(account.map(Account::uuid));
            }
            case WRONG -> {
                attempts.failed(name, FREE_FOR_A_NAME, now);
                attempts.failed(network, FREE_FOR_A_NETWORK, now);
                yield Outcome.granted(Optional.empty());
            }
        };
    }

    /** What failures against a name are counted by; the name itself is not kept. */
    public static byte[] subject(String kind, String name) {
        return Sha256.of(kind + '\0' + name);
    }

    private static Outcome<Optional<UUID>, AttemptsErrorCode> later(Duration wait) {
        // Whole seconds, rounded up: who waits as told is let through.
        return new Outcome.Denied<>(Set.of(AttemptsErrorCode.TOO_MANY_ATTEMPTS), Optional.of(wait.plusMillis(999)));
    }

    /** The first three bytes of an IPv4 address, the first eight of an IPv6 one: what one attacker has at hand. */
    private static String network(String address) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return Arrays.toString(Arrays.copyOf(bytes, bytes.length == 4 ? 3 : 8));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}

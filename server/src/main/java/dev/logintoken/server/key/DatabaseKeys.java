package dev.logintoken.server.key;

import dev.logintoken.server.administration.Administration;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;

/** Stores keys that the service makes itself. The {@link MasterKey} wraps them in the database. */
public final class DatabaseKeys {

    /** The time after which all nodes know a new key and it begins to sign. */
    public static final Duration HEAD_START = Duration.ofMinutes(1);

    /** The grace period: how long a key still verifies after another one has begun to sign. */
    public static final Duration RETIREMENT = Duration.ofDays(7);

    private final WrappedKeys kept;
    private final MasterKey master;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public DatabaseKeys(WrappedKeys kept, MasterKey master, Clock clock) {
        this.kept = kept;
        this.master = master;
        this.clock = clock;
    }

    /**
     * Makes the first key of each purpose if it does not exist. From then on, the keys can be read only with this
     * master key.
     */
    public void makeFirst() {
        for (Purpose purpose : Purpose.values()) {
            kept.makeFirst(purpose.name(), fresh(purpose), clock.instant());
        }
    }

    /**
     * Returns the keys of a purpose, in the order in which they begin to sign.
     *
     * @throws InvalidKeysException if another master key wrapped them
     */
    public List<Key> read(Purpose purpose) {
        return kept.of(purpose.name()).stream()
                .map(row -> new Key(
                        Integer.toString(row.id()),
                        master.unwrap(purpose, row.id(), row.wrapped()),
                        row.signsFrom(),
                        row.verifiesUntil().orElse(Instant.MAX)))
                .toList();
    }

    /**
     * Rotates the key: makes a new one, which begins to sign once all nodes know it. The other keys verify for another
     * 7 days.
     *
     * @return the new key's id
     */
    public int rotate(Purpose purpose, Administration administration) {
        Instant signsFrom = clock.instant().plus(HEAD_START);
        return next(purpose, administration, "rotate", signsFrom, signsFrom.plus(RETIREMENT));
    }

    /**
     * Replaces the keys after a leak. The new key signs at once. The other keys end, and what they signed is void.
     *
     * @return the new key's id
     */
    public int replace(Purpose purpose, Administration administration) {
        Instant now = clock.instant();
        return next(purpose, administration, "replace", now, now);
    }

    private int next(Purpose purpose, Administration by, String action, Instant signsFrom, Instant othersUntil) {
        return kept.rotate(by, action + " key " + purpose, purpose.name(), fresh(purpose), signsFrom, othersUntil);
    }

    private IntFunction<byte[]> fresh(Purpose purpose) {
        return id -> {
            byte[] secret = new byte[Key.LENGTH];
            random.nextBytes(secret);
            return master.wrap(purpose, id, secret);
        };
    }
}

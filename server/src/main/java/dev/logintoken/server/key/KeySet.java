package dev.logintoken.server.key;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The keys of one purpose, as known to this node. They are read again by {@link #reload}. They are also read when
 * something was signed with a key that this node does not know: another node may know it already.
 *
 * @param <T> the form in which a key signs and verifies
 */
public final class KeySet<T> {

    /** The minimum time between two reads because of an unknown id, so that made-up ids cost nothing. */
    private static final Duration MIN_RELOAD_INTERVAL = Duration.ofSeconds(1);

    private final Supplier<List<Key>> source;
    private final Function<Key, T> prepare;
    private final Clock clock;
    private volatile List<Prepared<T>> keys;
    private long readAt;

    private record Prepared<T>(Key key, T value) {}

    /**
     * Creates a key set, and reads the keys at once.
     *
     * @param source reads all keys of the purpose, in the order in which they sign
     * @param prepare turns a key into the form that signs and verifies
     * @param clock decides which key signs
     */
    public KeySet(Supplier<List<Key>> source, Function<Key, T> prepare, Clock clock) {
        this.source = source;
        this.prepare = prepare;
        this.clock = clock;
        this.keys = read();
    }

    /** Returns a key set with a single key that always signs and verifies. */
    public static <T> KeySet<T> of(String id, byte[] secret, Function<Key, T> prepare) {
        Key key = new Key(id, secret, Instant.MIN, Instant.MAX);
        return new KeySet<>(() -> List.of(key), prepare, Clock.systemUTC());
    }

    /**
     * Returns the key that signs now. Of the keys that have begun to sign and still verify, it is the latest. If none
     * has begun, it is the first that will.
     *
     * @throws IllegalStateException if nobody would accept its signature
     */
    public T signing() {
        Instant now = clock.instant();
        Prepared<T> signing = null;
        for (Prepared<T> each : keys) {
            if (verifies(each.key(), now)
                    && (signing == null || !each.key().signsFrom().isAfter(now))) {
                signing = each;
            }
        }
        if (signing == null) {
            throw new IllegalStateException("No key signs now.");
        }
        return signing.value();
    }

    /** Returns the key with this id if it still verifies. */
    public Optional<T> verifying(String id) {
        Optional<T> known = find(id);
        return known.isPresent() ? known : unknown(id);
    }

    /** Reads the keys again. If that fails, the known keys stay. */
    public synchronized void reload() {
        keys = read();
    }

    private List<Prepared<T>> read() {
        readAt = System.nanoTime();
        List<Key> read = source.get();
        return read.stream()
                .sorted(Comparator.comparing(Key::signsFrom))
                .map(key -> new Prepared<>(key, prepare.apply(key)))
                .toList();
    }

    private synchronized Optional<T> unknown(String id) {
        if (find(id).isEmpty() && System.nanoTime() - readAt > MIN_RELOAD_INTERVAL.toNanos()) {
            try {
                reload();
            } catch (InvalidKeysException e) {
                // The regular reload reports the failure. Here it means that no new key is known.
                return Optional.empty();
            }
        }
        return find(id);
    }

    private Optional<T> find(String id) {
        Instant now = clock.instant();
        for (Prepared<T> each : keys) {
            if (each.key().id().equals(id) && verifies(each.key(), now)) {
                return Optional.of(each.value());
            }
        }
        return Optional.empty();
    }

    private static boolean verifies(Key key, Instant now) {
        return now.isBefore(key.verifiesUntil());
    }
}

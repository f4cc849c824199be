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
 * The keys of one purpose, as this node knows them. They are read anew by {@link #reload}, and when something comes in
 * that was signed with a key which this node does not know: another one may know it already.
 *
 * @param <T> what a key is made into to work with it
 */
public final class KeySet<T> {

    /** How often at most an unknown id is a reason to read, so that made-up ids cost nothing. */
    private static final Duration MIN_RELOAD_INTERVAL = Duration.ofSeconds(1);

    private final Supplier<List<Key>> source;
    private final Function<Key, T> prepare;
    private final Clock clock;
    private volatile List<Prepared<T>> keys;
    private long readAt;

    private record Prepared<T>(Key key, T value) {}

    /**
     * Keys that are read at once, and again.
     *
     * @param source reads all keys of the purpose, in the order in which they sign
     * @param prepare makes a key into what signs and verifies
     * @param clock tells which key signs
     */
    public KeySet(Supplier<List<Key>> source, Function<Key, T> prepare, Clock clock) {
        this.source = source;
        this.prepare = prepare;
        this.clock = clock;
        this.keys = read();
    }

    /** A single key that always signs and verifies. */
    public static <T> KeySet<T> of(String id, byte[] secret, Function<Key, T> prepare) {
        Key key = new Key(id, secret, Instant.MIN, Instant.MAX);
        return new KeySet<>(() -> List.of(key), prepare, Clock.systemUTC());
    }

    /**
     * What signs now: of the keys that have begun to, and still verify, the one that began last; if none has begun, the
     * first that will.
     *
     * @throws IllegalStateException if nobody would accept what it signs
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

    /** What verifies things signed with the key of this id, unless there is none, or none any more. */
    public Optional<T> verifying(String id) {
        Optional<T> known = find(id);
        return known.isPresent() ? known : unknown(id);
    }

    /** Reads the keys anew. If that fails, those that are known stay. */
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
                // The regular reload reports it; here it means that no new key is known.
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

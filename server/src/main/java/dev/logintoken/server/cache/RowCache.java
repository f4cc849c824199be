package dev.logintoken.server.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * Rows that requests read over and over, kept as long as every change of them is heard of: this node's own changes at once,
 * those of others within less than a second. While changes may have been missed, all is read from the database.
 *
 * <p>Only what was found is kept, so whoever makes up tokens, keys or identifiers takes up no room.
 */
public final class RowCache {

    /** How long after the last proof that all changes were heard of the facts may be used. */
    static final Duration TRUST = Duration.ofMillis(900);

    /** A few hundred bytes each. */
    private static final int ENOUGH = 100_000;

    /** Of a database whose changes nobody tells. */
    public static final RowCache NONE = new RowCache(false);

    private static final int SLOTS = 1 << 12;

    private final boolean alone;
    private final Cache<RowKey, Fact> kept =
            Caffeine.newBuilder().maximumSize(ENOUGH).build();

    /** How often all was forgotten; a fact of an earlier era does not count. */
    private final AtomicLong era = new AtomicLong();

    /** How often subjects were forgotten, each in the slot of its hash: what was read meanwhile is not kept. */
    private final AtomicLongArray changes = new AtomicLongArray(SLOTS);

    private volatile long heard = System.nanoTime() - TRUST.toNanos();

    private record Fact(Optional<?> value, long era) {}

    /**
     * No facts yet.
     *
     * @param alone whether nobody but this process can change the database; else somebody has to vouch by {@link #heard}
     */
    RowCache(boolean alone) {
        this.alone = alone;
    }

    /** What is known about a subject, or else what is read, which is kept if it is anything. */
    @SuppressWarnings("unchecked") // A subject's kind has facts of one type.
    public <T> Optional<T> about(RowKey subject, Supplier<Optional<T>> read) {
        if (!current()) {
            return read.get();
        }
        long now = era.get();
        Fact known = kept.getIfPresent(subject);
        if (known != null && known.era() == now) {
            return (Optional<T>) known.value();
        }
        long before = changes.get(slot(subject));
        Optional<T> found = read.get();
        if (found.isPresent()) {
            // Under the entry's lock: a change that comes later finds the fact here, and removes it.
            kept.asMap()
                    .compute(
                            subject,
                            (key, other) -> changes.get(slot(subject)) == before ? new Fact(found, now) : other);
        }
        return found;
    }

    /** A subject has changed, or may have. */
    public void forget(RowKey subject) {
        changes.incrementAndGet(slot(subject));
        kept.invalidate(subject);
    }

    /** Anything may have changed. */
    public void forgetAll() {
        era.incrementAndGet();
        kept.invalidateAll();
    }

    /** All changes were told that had been made at a moment of {@link System#nanoTime}. */
    void heard(long moment) {
        heard = moment;
    }

    /** From now on changes may be missed. */
    void unheard() {
        heard = System.nanoTime() - TRUST.toNanos();
    }

    /** Whether no change older than a second can have been missed. */
    boolean current() {
        return alone || System.nanoTime() - heard < TRUST.toNanos();
    }

    /** How many are kept. */
    long size() {
        kept.cleanUp();
        return kept.estimatedSize();
    }

    private static int slot(RowKey subject) {
        int hash = subject.hashCode();
        return (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }
}

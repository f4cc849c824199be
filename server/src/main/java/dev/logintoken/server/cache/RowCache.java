package dev.logintoken.server.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * Caches rows that requests read often. A node invalidates its own changes at once. Changes by other nodes arrive in
 * less than a second. While changes may have been missed, all rows are read from the database.
 *
 * <p>Of API keys, misses are cached too, apart from the rows. So made-up keys do not reach the database each time, and
 * they evict no row. Other misses are not cached.
 */
public final class RowCache {

    /** How long the cache may be used after the last proof that all changes have arrived. */
    static final Duration TRUST = Duration.ofMillis(900);

    /** The cache's size: each row takes a few hundred bytes. */
    private static final int MAX_ROWS = 100_000;

    /** The number of cached misses, each about a hundred bytes. */
    private static final int MAX_MISSES = 10_000;

    private static final int SLOTS = 1 << 12;

    private final boolean alone;
    private final Cache<RowKey, CachedRow> rows =
            Caffeine.newBuilder().maximumSize(MAX_ROWS).build();

    /** The keys without a row, each with the era in which it was looked up. */
    private final Cache<RowKey, Long> misses =
            Caffeine.newBuilder().maximumSize(MAX_MISSES).build();

    /** The number of times that all rows were invalidated. A row of an earlier era is not used. */
    private final AtomicLong era = new AtomicLong();

    /**
     * Counts invalidations by the slot of the key's hash. If the count changes during a read, the row is not cached.
     */
    private final AtomicLongArray changes = new AtomicLongArray(SLOTS);

    private volatile long heard = System.nanoTime() - TRUST.toNanos();

    private record CachedRow(Optional<?> value, long era) {}

    private RowCache(boolean alone) {
        this.alone = alone;
    }

    /** Returns a cache for a database that only this process can change. */
    static RowCache alone() {
        return new RowCache(true);
    }

    /** Returns a cache that is off until {@link #heard} proves that changes arrive. */
    public static RowCache off() {
        return new RowCache(false);
    }

    /** Returns the cached row, or reads it. A row that was read is cached, and the miss of an API key, too. */
    @SuppressWarnings("unchecked") // Each kind of key has rows of one type.
    public <T> Optional<T> get(RowKey key, Supplier<Optional<T>> read) {
        if (!isCurrent()) {
            return read.get();
        }
        long now = era.get();
        CachedRow cached = rows.getIfPresent(key);
        if (cached != null && cached.era() == now) {
            return (Optional<T>) cached.value();
        }
        Long missed = key.announcesInserts() ? misses.getIfPresent(key) : null;
        if (missed != null && missed == now) {
            return Optional.empty();
        }
        long before = changes.get(slot(key));
        Optional<T> row = read.get();
        if (row.isPresent()) {
            put(rows, key, before, new CachedRow(row, now));
        } else if (key.announcesInserts()) {
            put(misses, key, before, now);
        }
        return row;
    }

    /** Caches a value under the key's lock, unless the key was invalidated: later invalidations remove the value. */
    private <V> void put(Cache<RowKey, V> cache, RowKey key, long before, V value) {
        cache.asMap().compute(key, (same, other) -> changes.get(slot(key)) == before ? value : other);
    }

    /** Removes a row that has changed or may have changed, or a miss. Call this after the commit. */
    public void invalidate(RowKey key) {
        changes.incrementAndGet(slot(key));
        rows.invalidate(key);
        misses.invalidate(key);
    }

    /** Removes all rows. */
    public void invalidateAll() {
        era.incrementAndGet();
        rows.invalidateAll();
        misses.invalidateAll();
    }

    /** Records that all changes up to this time of {@link System#nanoTime} have arrived. */
    void heard(long moment) {
        heard = moment;
    }

    /** Records that changes may be missed from now on. */
    void unheard() {
        heard = System.nanoTime() - TRUST.toNanos();
    }

    /** Returns whether all changes older than a second have arrived. */
    boolean isCurrent() {
        return alone || System.nanoTime() - heard < TRUST.toNanos();
    }

    /** Returns the number of cached rows. */
    long size() {
        rows.cleanUp();
        return rows.estimatedSize();
    }

    /** Returns the number of cached misses. */
    long missesSize() {
        misses.cleanUp();
        return misses.estimatedSize();
    }

    private static int slot(RowKey key) {
        int hash = key.hashCode();
        return (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }
}

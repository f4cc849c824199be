package dev.logintoken.server.database;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Work that costs many callers hardly more than one, such as a commit. A caller who is alone does not wait; those who come
 * while as many batches are under way as may be are the next batch, which one of them sees to.
 */
public final class GroupCommit<T, R> {

    private static final int LARGEST = 64;

    private final Comparator<T> order;
    private final Function<List<T>, List<R>> work;
    private final Queue<Entry<T, R>> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore free;

    /**
     * Batches of the same kind of work.
     *
     * @param atOnce how many may be under way
     * @param order in which the items of a batch are worked at
     * @param work gives a result for each item, in that order; if it fails, it fails for all of them, and for those who
     *     wait behind them: they would wait as long again
     */
    public GroupCommit(int atOnce, Comparator<T> order, Function<List<T>, List<R>> work) {
        this.free = new Semaphore(atOnce);
        this.order = order;
        this.work = work;
    }

    /** What one caller waits for. */
    private static final class Entry<T, R> {

        private final T item;
        private final Thread caller = Thread.currentThread();
        private volatile @Nullable Supplier<R> outcome;

        Entry(T item) {
            this.item = item;
        }

        void end(Supplier<R> outcome) {
            this.outcome = outcome;
            LockSupport.unpark(caller);
        }
    }

    /** Does the work for an item. */
    public R submit(T item) {
        Entry<T, R> own = new Entry<>(item);
        waiting.add(own);
        boolean interrupted = false;
        Supplier<R> outcome = own.outcome;
        while (outcome == null) {
            if (!waiting.isEmpty() && free.tryAcquire()) {
                try {
                    next();
                } finally {
                    free.release();
                }
                // After the release, so that nobody is left who came before it and found no place.
                Entry<T, R> first = waiting.peek();
                if (first != null) {
                    LockSupport.unpark(first.caller);
                }
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            outcome = own.outcome;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return outcome.get();
    }

    /** How many wait for the next batch. */
    int waiting() {
        return waiting.size();
    }

    private void next() {
        List<Entry<T, R>> batch = new ArrayList<>();
        for (Entry<T, R> entry = waiting.poll();
                entry != null;
                entry = batch.size() < LARGEST ? waiting.poll() : null) {
            batch.add(entry);
        }
        if (batch.isEmpty()) {
            return; // Somebody else was faster.
        }
        batch.sort(Comparator.comparing(entry -> entry.item, order));
        try {
            Iterator<R> results =
                    work.apply(batch.stream().map(entry -> entry.item).toList()).iterator();
            for (Entry<T, R> entry : batch) {
                R result = results.next();
                entry.end(() -> result);
            }
        } catch (RuntimeException | Error e) {
            Supplier<R> failure = () -> {
                throw e;
            };
            batch.forEach(entry -> entry.end(failure));
            for (Entry<T, R> entry = waiting.poll(); entry != null; entry = waiting.poll()) {
                entry.end(failure);
            }
        }
    }
}

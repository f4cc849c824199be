package dev.logintoken.server.database;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets callers share a commit. A single caller does not wait. Callers arriving while all slots are busy form the next batch;
 * one of them runs it.
 */
public final class GroupCommit<T, R> {

    private static final int MAX_BATCH_SIZE = 64;

    private final Function<List<T>, List<R>> work;
    private final Queue<Waiter<T, R>> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore free;

    /**
     * Creates a group commit.
     *
     * @param atOnce the number of slots: batches that may run at the same time
     * @param work returns a result for each item, in that order; a failure reaches all callers of the batch, and those
     *     who wait for the next one
     */
    public GroupCommit(int atOnce, Function<List<T>, List<R>> work) {
        this.free = new Semaphore(atOnce);
        this.work = work;
    }

    /** A caller with its item. */
    private static final class Waiter<T, R> {

        private final T item;
        private final Thread caller = Thread.currentThread();
        private volatile @Nullable Supplier<R> outcome;

        Waiter(T item) {
            this.item = item;
        }

        void end(Supplier<R> outcome) {
            this.outcome = outcome;
            LockSupport.unpark(caller);
        }
    }

    /** Runs the work for an item, and returns its result. */
    public R submit(T item) {
        Waiter<T, R> own = new Waiter<>(item);
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
                // After the release: a caller may have arrived before it and found no free slot.
                Waiter<T, R> first = waiting.peek();
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

    /** Returns the number of callers waiting for the next batch. */
    int waiting() {
        return waiting.size();
    }

    private void next() {
        List<Waiter<T, R>> batch = new ArrayList<>();
        for (Waiter<T, R> waiter = waiting.poll();
                waiter != null;
                waiter = batch.size() < MAX_BATCH_SIZE ? waiting.poll() : null) {
            batch.add(waiter);
        }
        if (batch.isEmpty()) {
            return; // Another caller took them.
        }
        try {
            Iterator<R> results = work.apply(
                            batch.stream().map(waiter -> waiter.item).toList())
                    .iterator();
            for (Waiter<T, R> waiter : batch) {
                R result = results.next();
                waiter.end(() -> result);
            }
        } catch (RuntimeException | Error e) {
            Supplier<R> failure = () -> {
                throw e;
            };
            batch.forEach(waiter -> waiter.end(failure));
            for (Waiter<T, R> waiter = waiting.poll(); waiter != null; waiter = waiting.poll()) {
                waiter.end(failure);
            }
        }
    }
}

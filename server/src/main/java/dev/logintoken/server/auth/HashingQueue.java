package dev.logintoken.server.auth;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many passwords are hashed at once, and how many requests wait. One caller can take only a part of the
 * places, so others find a free one.
 */
public final class HashingQueue {

    static final int MAX_PLACES = 32;
    static final int MAX_PLACES_OF_A_CALLER = 16;

    private final Semaphore turns;
    private final Duration maxWait;
    private final Map<String, Integer> places = new HashMap<>();
    private int taken;

    /**
     * Creates an empty queue.
     *
     * @param maxHashers how many passwords may be hashed at once
     * @param maxWait how long a request may wait for its turn
     */
    HashingQueue(int maxHashers, Duration maxWait) {
        this.turns = new Semaphore(maxHashers, true);
        this.maxWait = maxWait;
    }

    /** Takes a place without waiting. Returns empty if no place is left, or none for this caller. */
    synchronized Optional<Place> enter(String caller) {
        int own = places.getOrDefault(caller, 0);
        if (taken == MAX_PLACES || own == MAX_PLACES_OF_A_CALLER) {
            return Optional.empty();
        }
        taken++;
        places.put(caller, own + 1);
        return Optional.of(new Place(caller));
    }

    private synchronized void leave(String caller) {
        taken--;
        places.computeIfPresent(caller, (any, own) -> own == 1 ? null : own - 1);
    }

    /** A place in the queue. Closing it frees it. */
    final class Place implements AutoCloseable {

        private final String caller;
        private boolean hashes;

        private Place(String caller) {
            this.caller = caller;
        }

        /** Waits for its turn to hash. Returns false if that takes too long. */
        boolean await() {
            try {
                hashes = turns.tryAcquire(maxWait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return hashes;
        }

        @Override
        public void close() {
            if (hashes) {
                turns.release();
            }
            leave(caller);
        }
    }
}

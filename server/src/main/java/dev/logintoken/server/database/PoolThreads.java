package dev.logintoken.server.database;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the pool's threads, and waits for their end. A closed pool's threads have no more work, but may take a
 * moment to end.
 */
final class PoolThreads implements ThreadFactory {

    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);

    /** The threads made so far. Threads that have ended are garbage-collected. */
    private final Set<Thread> made = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "login-token:pool");
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    /** Waits until the threads have ended. */
    void await() {
        try {
            for (Thread thread : made.toArray(new Thread[0])) {
                thread.join(END_TIMEOUT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

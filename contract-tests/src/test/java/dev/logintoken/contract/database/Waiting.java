package dev.logintoken.contract.database;

import java.time.Duration;
import java.util.concurrent.Callable;

import static org.assertj.core.api.Assertions.assertThat;

/** Waits for what a service does by itself. */
final class Waiting {

    private Waiting() {}

    /** Waits until a condition holds, and fails if that takes too long. */
    static void until(Duration limit, Callable<Boolean> condition) throws Exception {
        long begin = System.nanoTime();
        while (!condition.call()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(limit);
            Thread.sleep(20);
        }
    }
}

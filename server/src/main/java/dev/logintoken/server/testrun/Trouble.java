package dev.logintoken.server.testrun;

import dev.logintoken.server.sandbox.SandboxAssembly.Failure;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The trouble that each answer of the API has.
 *
 * @param minDelay the shortest time before the answer
 * @param maxDelay the longest time before the answer
 * @param cut where the connection ends
 * @param failure what fails within the service
 */
public record Trouble(Duration minDelay, Duration maxDelay, Cut cut, Failure failure) {

    /** No trouble. */
    public static final Trouble NONE = new Trouble(Duration.ZERO, Duration.ZERO, Cut.NONE, Failure.NONE);

    /** Where a connection ends. */
    public enum Cut {
        /** After the answer, as usual. */
        NONE,
        /** Before the answer: the caller receives no byte. */
        BEFORE,
        /** Within the answer: the caller receives a part of the body. */
        WITHIN
    }

    /** Waits for as long as the delay says. */
    void await() {
        long millis = ThreadLocalRandom.current().nextLong(minDelay.toMillis(), maxDelay.toMillis() + 1);
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.logintoken.contract.service;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A service that answers over HTTP, however it was started. */
public interface RunningService extends AutoCloseable {

    /** Where it answers, without a slash at the end. */
    URI url();

    /** All that it has printed and logged. */
    String output();

    /**
     * Waits for the first line that contains all of these texts, and returns it. The service answers first: a thread of its
     * own writes the log.
     */
    default String awaitLine(String... texts) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            Optional<String> line = output().lines()
                    .filter(written -> List.of(texts).stream().allMatch(written::contains))
                    .findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no line with " + List.of(texts));
    }

    /** Asks it to end and waits until it has. */
    @Override
    void close();
}

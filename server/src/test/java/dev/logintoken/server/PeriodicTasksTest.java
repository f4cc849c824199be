package dev.logintoken.server;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import static org.assertj.core.api.Assertions.assertThat;

final class PeriodicTasksTest {

    /** A strong reference, so that the logger keeps its level. The failure is on purpose. */
    private static final Logger LOG = Logger.getLogger(PeriodicTasks.class.getName());

    @Test
    void aTaskThatFailsRunsAgain() throws InterruptedException {
        LOG.setLevel(Level.OFF);
        CountDownLatch runs = new CountDownLatch(2);
        Runnable failing = () -> {
            runs.countDown();
            throw new IllegalStateException("on purpose");
        };
        PeriodicTasks tasks = PeriodicTasks.start("test", Duration.ofSeconds(1), List.of(failing));
        try {
            assertThat(runs.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            tasks.close();
        }
    }

    @Test
    void nothingRunsAfterTheEnd() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        PeriodicTasks.start("test", Duration.ofSeconds(1), List.of(runs::countDown))
                .close();
        assertThat(runs.await(2, TimeUnit.SECONDS)).isFalse();
    }
}

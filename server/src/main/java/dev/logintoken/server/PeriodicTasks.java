package dev.logintoken.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs tasks at a fixed interval, in a thread of its own. A task that fails runs again after the next interval. */
final class PeriodicTasks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTasks.class);

    private final ScheduledExecutorService executor;
    private final String name;
    private final List<Runnable> tasks;

    private PeriodicTasks(String name, List<Runnable> tasks) {
        this.name = name;
        this.tasks = tasks;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "login-token-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts to run tasks. The first run is after one interval. */
    @SuppressWarnings("FutureReturnValueIgnored") // Each run reports its own failure.
    static PeriodicTasks start(String name, Duration interval, List<Runnable> tasks) {
        PeriodicTasks periodic = new PeriodicTasks(name, tasks);
        periodic.executor.scheduleWithFixedDelay(
                periodic::run, interval.toSeconds(), interval.toSeconds(), TimeUnit.SECONDS);
        return periodic;
    }

    private void run() {
        try {
            tasks.forEach(Runnable::run);
        } catch (RuntimeException e) {
            LOG.warn("A background task failed and will run again: {}", name, e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}

package dev.logintoken.server.testrun;

import dev.logintoken.server.sandbox.SandboxAssembly;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A test run: a sandbox of its own, and the operations on it. */
public final class TestRun {

    private final SandboxAssembly sandbox;
    private final List<Object> operations;
    private final Journal journal = new Journal();
    private volatile Trouble trouble = Trouble.NONE;
    private boolean prepared;
    private volatile long used = System.nanoTime();

    /**
     * Creates a run.
     *
     * @param operations the implementations of the generated interfaces
     */
    public TestRun(SandboxAssembly sandbox, List<Object> operations) {
        this.sandbox = sandbox;
        this.operations = operations;
    }

    /** Returns the run's sandbox. */
    public SandboxAssembly sandbox() {
        return sandbox;
    }

    /** Puts the run back to the fixture. */
    public void reset() {
        trouble(Trouble.NONE);
        sandbox.restoreFixture();
        sandbox.clock().reset();
        journal.clear();
    }

    /** Returns the last requests. */
    public Journal journal() {
        return journal;
    }

    /** Returns the trouble of the run. */
    public Trouble trouble() {
        return trouble;
    }

    /** Replaces the trouble of the run. */
    public void trouble(Trouble next) {
        sandbox.fail(next.failure());
        trouble = next;
    }

    List<Object> operations() {
        return operations;
    }

    /** Gives the operations what Jersey injects into resources; only the first call does so. */
    synchronized void prepare(Consumer<Object> injection) {
        if (!prepared) {
            operations.forEach(injection);
            prepared = true;
        }
        used = System.nanoTime();
    }

    boolean isIdleFor(Duration time) {
        return System.nanoTime() - used > time.toNanos();
    }
}

package dev.logintoken.server.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The machine's clock. Tests can freeze it at an instant, shift it, and move it on in steps. */
public final class AdjustableClock extends Clock {

    /** A little more than the longest time that the service keeps anything for. */
    static final Duration MAX_SHIFT = Duration.ofDays(100);

    private static final Instant MIN = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant MAX = Instant.parse("2099-12-31T23:59:59Z");

    private final Clock machine = Clock.systemUTC();
    private volatile Setting current = new Setting(machine, false);

    private record Setting(Clock clock, boolean frozen) {}

    /**
     * Lets the clock stand still.
     *
     * @throws IllegalArgumentException if the instant is out of range; the message is one line for the caller
     */
    public synchronized void freeze(Instant instant) {
        current = new Setting(Clock.fixed(checked(instant), ZoneOffset.UTC), true);
    }

    /** Lets the clock run ahead of the machine's, or behind it if the duration is negative. */
    public synchronized void shift(Duration ahead) {
        current = new Setting(Clock.offset(machine, ahead), false);
    }

    /**
     * Moves the clock on, or back if the duration is negative. A frozen clock stays frozen.
     *
     * @throws IllegalArgumentException if the time would be out of range; the message is one line for the caller
     */
    public synchronized void step(Duration step) {
        Setting before = current;
        checked(before.clock().instant().plus(step));
        current = new Setting(Clock.offset(before.clock(), step), before.frozen());
    }

    /** Sets the clock to the machine's time, and lets it run. */
    public synchronized void reset() {
        current = new Setting(machine, false);
    }

    /** Returns whether the clock stands still. */
    public boolean isFrozen() {
        return current.frozen();
    }

    private static Instant checked(Instant instant) {
        if (instant.isBefore(MIN) || instant.isAfter(MAX)) {
            throw new IllegalArgumentException(
                    "The clock can show times from " + MIN + " to " + MAX + ", not " + instant + ".");
        }
        return instant;
    }

    @Override
    public Instant instant() {
        return current.clock().instant();
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return current.clock().withZone(zone);
    }
}

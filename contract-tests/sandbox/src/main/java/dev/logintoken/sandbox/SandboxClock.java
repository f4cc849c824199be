package dev.logintoken.sandbox;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** The clock of a sandbox. It runs as fast as the machine's, and can be ahead or behind. */
public final class SandboxClock {

    private static final String AHEAD = "the clock is ahead";

    private final ProviderStates states;
    private Duration ahead = Duration.ZERO;

    SandboxClock(ProviderStates states) {
        this.states = states;
    }

    /**
     * Moves the clock on from where it is.
     *
     * @param duration in whole seconds; a negative one moves the clock back
     */
    public void advance(Duration duration) {
        Duration sum = ahead.plus(duration);
        if (!sum.equals(sum.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("The clock moves by whole seconds, not by " + duration + ".");
        }
        states.given(AHEAD, Map.of("seconds", sum.toSeconds()));
        ahead = sum;
    }

    /** Returns how far the clock is ahead of the machine's; negative if it is behind. */
    public Duration ahead() {
        return ahead;
    }

    /** Sets the clock to the machine's. */
    public void reset() {
        states.undo(AHEAD);
        forget();
    }

    /** Takes note that the sandbox has reset its clock. */
    void forget() {
        ahead = Duration.ZERO;
    }
}

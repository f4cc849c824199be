package dev.logintoken.server.control;

import dev.logintoken.control.ControlApi;
import dev.logintoken.control.model.Clock;
import dev.logintoken.server.sandbox.AdjustableClock;
import dev.logintoken.server.testrun.TestRuns;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/** Implements the operations by which a test controls its run. */
final class ControlResource implements ControlApi {

    private final TestRuns runs;

    ControlResource(TestRuns runs) {
        this.runs = runs;
    }

    @Override
    public Clock getClock(@Nullable String run) {
        return shown(clock());
    }

    @Override
    public Clock setClock(@Nullable String run, @Nullable Instant frozenAt, @Nullable Long secondsAhead) {
        if ((frozenAt == null) == (secondsAhead == null)) {
            throw new RefusedException("Send exactly one of the parameters 'frozenAt' and 'secondsAhead'.");
        }
        return changed(() -> {
            if (frozenAt != null) {
                clock().freeze(frozenAt);
            } else if (secondsAhead != null) {
                clock().shift(Duration.ofSeconds(secondsAhead));
            }
        });
    }

    @Override
    public Clock stepClock(Long seconds, @Nullable String run) {
        return changed(() -> clock().step(Duration.ofSeconds(seconds)));
    }

    @Override
    public Clock resetClock(@Nullable String run) {
        return changed(() -> clock().reset());
    }

    @Override
    public void resetRun(@Nullable String run) {
        runs.current().reset();
    }

    @Override
    public void deleteRun(@Nullable String run) {
        if (run == null) {
            throw new RefusedException("Only a run that the header " + RunOfRequest.HEADER
                    + " names can be deleted. Reset the default run by POST /_sandbox/reset.");
        }
        runs.delete(run);
    }

    private AdjustableClock clock() {
        return runs.current().sandbox().clock();
    }

    private Clock changed(Runnable change) {
        try {
            change.run();
        } catch (IllegalArgumentException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
        return shown(clock());
    }

    private static Clock shown(AdjustableClock clock) {
        return new Clock().now(clock.instant()).frozen(clock.isFrozen());
    }
}

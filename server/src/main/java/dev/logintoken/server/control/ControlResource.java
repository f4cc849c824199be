package dev.logintoken.server.control;

import dev.logintoken.control.ControlApi;
import dev.logintoken.control.model.Clock;
import dev.logintoken.control.model.Journal;
import dev.logintoken.control.model.JournalEntry;
import dev.logintoken.control.model.Trouble;
import dev.logintoken.server.sandbox.AdjustableClock;
import dev.logintoken.server.sandbox.SandboxAssembly.Failure;
import dev.logintoken.server.testrun.RecordedExchange;
import dev.logintoken.server.testrun.TestRuns;
import dev.logintoken.server.testrun.Trouble.Cut;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

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
    public Trouble getTrouble(@Nullable String run) {
        return shown(runs.current().trouble());
    }

    @Override
    public Trouble setTrouble(
            @Nullable String run,
            @Nullable Long delayMillis,
            @Nullable Long maxDelayMillis,
            @Nullable String cut,
            @Nullable String failure) {
        long min = delayMillis == null ? 0 : delayMillis;
        long max = maxDelayMillis == null ? min : maxDelayMillis;
        if (max < min) {
            throw new RefusedException("The parameter 'maxDelayMillis' must be at least 'delayMillis'.");
        }
        return changed(new dev.logintoken.server.testrun.Trouble(
                Duration.ofMillis(min),
                Duration.ofMillis(max),
                constant(Cut.class, cut),
                constant(Failure.class, failure)));
    }

    @Override
    public Trouble resetTrouble(@Nullable String run) {
        return changed(dev.logintoken.server.testrun.Trouble.NONE);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, @Nullable String name) {
        return Enum.valueOf(type, (name == null ? "none" : name).toUpperCase(Locale.ROOT));
    }

    private Trouble changed(dev.logintoken.server.testrun.Trouble trouble) {
        runs.current().trouble(trouble);
        return shown(trouble);
    }

    private static Trouble shown(dev.logintoken.server.testrun.Trouble trouble) {
        return new Trouble()
                .delayMillis(trouble.minDelay().toMillis())
                .maxDelayMillis(trouble.maxDelay().toMillis())
                .cut(trouble.cut().name().toLowerCase(Locale.ROOT))
                .failure(trouble.failure().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public Journal getJournal(
            @Nullable String run, @Nullable String operation, @Nullable String code, @Nullable String requestId) {
        return new Journal()
                .requests(runs
                        .current()
                        .journal()
                        .search(
                                Optional.ofNullable(operation),
                                Optional.ofNullable(code),
                                Optional.ofNullable(requestId))
                        .stream()
                        .map(ControlResource::shown)
                        .toList());
    }

    @Override
    public void clearJournal(@Nullable String run) {
        runs.current().journal().clear();
    }

    private static JournalEntry shown(RecordedExchange entry) {
        return new JournalEntry()
                .time(entry.time())
                .requestId(entry.requestId())
                .operation(entry.operation())
                .method(entry.method())
                .path(entry.path())
                .headers(entry.headers())
                .body(entry.body())
                .status(entry.status())
                .answerHeaders(entry.answerHeaders())
                .answer(entry.answer())
                .millis(entry.millis());
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

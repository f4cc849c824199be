package dev.logintoken.server.outcome;

import dev.logintoken.api.model.Refusal;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a step of authentication came to. An operation turns it into its own refusal, and the compiler checks that the
 * operation declares all errors of the step.
 *
 * @param <T> what was found out
 * @param <E> the errors that the step knows
 */
public sealed interface Outcome<T, E> {

    /**
     * Success.
     *
     * @param result what was found out
     */
    record Granted<T, E>(T result) implements Outcome<T, E> {
        @Override
        public Optional<T> value() {
            return Optional.of(result);
        }

        @Override
        public Set<E> errors() {
            return Set.of();
        }
    }

    /**
     * Failure.
     *
     * @param errors all that hold, at least one
     * @param retryAfter how long to wait before another try, if waiting helps
     */
    record Denied<T, E>(Set<E> errors, Optional<Duration> retryAfter) implements Outcome<T, E> {
        @Override
        public Optional<T> value() {
            return Optional.empty();
        }
    }

    /** What was found out, if the step succeeded. */
    Optional<T> value();

    /** The errors of the step, none if it succeeded. */
    Set<E> errors();

    /** A step that succeeded. */
    static <T, E> Outcome<T, E> granted(T value) {
        return new Granted<>(value);
    }

    /** A step that failed for one reason. */
    static <T, E> Outcome<T, E> denied(E error) {
        return denied(Set.of(error));
    }

    /** A step that failed for several reasons. */
    static <T, E> Outcome<T, E> denied(Set<E> errors) {
        return new Denied<>(errors, Optional.empty());
    }

    /** The next step, if this one succeeded. */
    @SuppressWarnings("unchecked") // A failure holds no result, so that it is one of any result's type.
    default <U> Outcome<U, E> flatMap(Function<T, Outcome<U, E>> next) {
        return this instanceof Granted<T, E> granted ? next.apply(granted.result()) : (Outcome<U, E>) this;
    }

    /**
     * What was found out.
     *
     * @param refusal makes the operation's refusal of the step's errors
     * @throws X if the step failed
     */
    default <X extends Refusal> T orThrow(Function<Collection<E>, X> refusal) throws X {
        Optional<T> value = value();
        if (value.isEmpty()) {
            X refused = refusal.apply(errors());
            if (this instanceof Denied<T, E> denied) {
                denied.retryAfter().ifPresent(refused::retryAfter);
            }
            throw refused;
        }
        return value.get();
    }
}

package dev.logintoken.server.outcome;

import dev.logintoken.api.model.Refusal;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The result of a step of authentication. An operation turns a failure into its own refusal. The compiler checks that
 * the operation declares all errors of the step.
 *
 * @param <T> the result of success
 * @param <E> the errors of the step
 */
public sealed interface Outcome<T, E> {

    /**
     * Success.
     *
     * @param result the step's result
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
     * @param errors all errors that apply, at least one
     * @param retryAfter how long to wait before another try, if waiting helps
     */
    record Denied<T, E>(Set<E> errors, Optional<Duration> retryAfter) implements Outcome<T, E> {
        @Override
        public Optional<T> value() {
            return Optional.empty();
        }
    }

    /** Returns the result, if the step succeeded. */
    Optional<T> value();

    /** Returns the errors of the step; none if it succeeded. */
    Set<E> errors();

    /** Returns the outcome of a step that succeeded. */
    static <T, E> Outcome<T, E> granted(T value) {
        return new Granted<>(value);
    }

    /** Returns the outcome of a step that failed for one reason. */
    static <T, E> Outcome<T, E> denied(E error) {
        return denied(Set.of(error));
    }

    /** Returns the outcome of a step that failed for several reasons. */
    static <T, E> Outcome<T, E> denied(Set<E> errors) {
        return new Denied<>(errors, Optional.empty());
    }

    /** Runs the next step if this one succeeded, and returns its outcome. */
    @SuppressWarnings("unchecked") // A failure holds no result, so that it is one of any result's type.
    default <U> Outcome<U, E> flatMap(Function<T, Outcome<U, E>> next) {
        return this instanceof Granted<T, E> granted ? next.apply(granted.result()) : (Outcome<U, E>) this;
    }

    /**
     * Returns the result, or throws a refusal.
     *
     * @param refusal turns the step's errors into the operation's refusal
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

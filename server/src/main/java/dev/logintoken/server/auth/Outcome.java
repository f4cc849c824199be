package dev.logintoken.server.auth;

import dev.logintoken.api.model.Refusal;

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
     */
    record Denied<T, E>(Set<E> errors) implements Outcome<T, E> {
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
        return new Denied<>(Set.of(error));
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
            throw refusal.apply(errors());
        }
        return value.get();
    }
}

package dev.logintoken.server.outcome;

import java.util.Objects;
import java.util.stream.Stream;

/** Walks through the causes of a failure. */
public final class Causes {

    private Causes() {}

    /** Returns the failure itself, its cause, the cause of that, and so on. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** Returns the failures of a type among the failure and its causes, the outermost first. */
    public static <T> Stream<T> of(Throwable failure, Class<T> type) {
        return of(failure).filter(type::isInstance).map(type::cast);
    }

    /** Returns the last of a failure's causes, or the failure itself if it has none. */
    public static Throwable root(Throwable failure) {
        return of(failure).reduce(failure, (outer, inner) -> inner);
    }
}

package dev.logintoken.server.outcome;

/** Finds the root cause of a failure. */
public final class RootCause {

    private RootCause() {}

    /** Returns the last of a failure's causes, or the failure itself if it has none. */
    public static Throwable of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}

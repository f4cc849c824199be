package dev.logintoken.server.outcome;

/** What is at the bottom of a failure. */
public final class RootCause {

    private RootCause() {}

    /** The last of a failure's causes; the failure itself if it has none. */
    public static Throwable of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}

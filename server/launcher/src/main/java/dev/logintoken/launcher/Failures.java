package dev.logintoken.launcher;

/** Describes failures in one line. */
final class Failures {

    private Failures() {}

    /** Returns the root cause of a failure. */
    static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Returns the first line of a failure's message, or its name if it has none. */
    static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}

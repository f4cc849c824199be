package dev.logintoken.launcher;

/** What failures say in one line. */
final class Failures {

    private Failures() {}

    /** Returns the first cause of all. */
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

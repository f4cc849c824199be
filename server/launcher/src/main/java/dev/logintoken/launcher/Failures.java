package dev.logintoken.launcher;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

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

    /** Returns why a failure happened, in words where the root cause has none of its own. */
    static String reason(Throwable failure) {
        Throwable cause = rootCause(failure);
        return cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException
                ? "no such host"
                : firstLine(cause);
    }

    /** Returns the first line of a failure's message, or its name if it has none. */
    static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}

package dev.logintoken.generator;

import java.util.List;

/** Thrown if the spec uses features from which no stub can be generated. The message has one line for each finding. */
public final class UnsupportedSpecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String lines;

    UnsupportedSpecException(List<String> findings) {
        // No stack trace: Maven prints the exception, and its reader needs only the lines.
        super(null, null, false, false);
        this.lines = String.join(System.lineSeparator(), findings);
    }

    @Override
    public String getMessage() {
        return lines;
    }

    @Override
    public String toString() {
        return lines;
    }
}

package dev.logintoken.generator;

import java.util.List;

/** The spec has what no stub can be generated from; the message has one line for each finding. */
public final class UnsupportedSpecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String lines;

    UnsupportedSpecException(List<String> findings) {
        // Without a stack trace: Maven prints the exception, and the lines are all that its reader needs.
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

package dev.logintoken.server.outcome;

/** Thrown if the database cannot hold a text. The message does not repeat the text. */
public final class UnstorableTextException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnstorableTextException() {
        super("The database cannot hold this text: it is too long, or the encoding of the database lacks a character.");
    }

    /**
     * Returns whether all databases can hold a text. PostgreSQL lacks NUL, and UTF-8 cannot encode half a surrogate
     * pair.
     */
    public static boolean isStorable(String text) {
        return text.indexOf('\0') < 0
                && text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }
}

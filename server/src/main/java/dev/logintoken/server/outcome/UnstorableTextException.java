package dev.logintoken.server.outcome;

/** A text that the database cannot hold. The message does not repeat the text. */
public final class UnstorableTextException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnstorableTextException() {
        super("The database cannot hold this text: it is too long, or the encoding of the database lacks a character.");
    }

    /**
     * Returns whether a text has only characters that all databases alike can hold: PostgreSQL lacks NUL, and UTF-8 has no
     * form for half a surrogate pair.
     */
    public static boolean isStorable(String text) {
        return text.indexOf('\0') < 0
                && text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }
}

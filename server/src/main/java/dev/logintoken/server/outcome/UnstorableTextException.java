package dev.logintoken.server.outcome;

/** A text that the database cannot hold. The message does not repeat the text. */
public final class UnstorableTextException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnstorableTextException() {
        super("The database cannot hold this text: it is too long, or the encoding of the database lacks a character.");
    }
}

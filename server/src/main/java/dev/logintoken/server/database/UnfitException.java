package dev.logintoken.server.database;

/** A database that the service cannot rely on, or cannot write into. The message says why, in the middle of a sentence. */
public final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitException(String reason) {
        super(reason);
    }
}

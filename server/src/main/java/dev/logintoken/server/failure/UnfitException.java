package dev.logintoken.server.failure;

/**
 * Thrown if the service cannot rely on the database, or cannot write to it. The message says why, as the middle of a
 * sentence.
 */
public final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says why the database cannot be used. */
    public UnfitException(String reason) {
        super(reason);
    }
}

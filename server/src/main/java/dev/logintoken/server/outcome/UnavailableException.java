package dev.logintoken.server.outcome;

/** Thrown if something that the service needs, usually the database, does not answer. Trying again later may help. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param cause the failure; it is logged and never shown to a caller
     */
    public UnavailableException(Throwable cause) {
        super(cause);
    }
}

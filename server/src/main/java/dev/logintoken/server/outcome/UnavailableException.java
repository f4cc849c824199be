package dev.logintoken.server.outcome;

/** Thrown if something that the service needs, usually the database, does not answer. Trying again later may help. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(Throwable cause) {
        super(cause);
    }
}

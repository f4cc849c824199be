package dev.logintoken.server.outcome;

/** Something that the service needs, the database above all, does not answer; trying again later may help. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause what failed; it is logged, never shown to a caller */
    public UnavailableException(Throwable cause) {
        super(cause);
    }
}

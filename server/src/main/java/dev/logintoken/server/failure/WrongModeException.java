package dev.logintoken.server.failure;

/** Thrown if a sandbox node meets a production database, or the reverse. */
public final class WrongModeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the mode stored in the database, and the mode of this node. */
    public WrongModeException(String stored, String own) {
        super("The database was made in mode " + stored + ", and this node runs in mode " + own
                + ": use another database, or another mode.");
    }
}

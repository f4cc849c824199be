package dev.logintoken.server.database;

/** Thrown if a sandbox node meets a production database, or the reverse. */
public final class WrongModeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongModeException(String stored, Database.Mode mode) {
        super("The database was made in mode " + stored + ", and this node runs in mode " + mode
                + ": use another database, or another mode.");
    }
}

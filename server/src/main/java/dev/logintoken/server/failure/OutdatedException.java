package dev.logintoken.server.failure;

/** Thrown if the database was never migrated, or only by an older release. */
public final class OutdatedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the command that helps. */
    public OutdatedException() {
        this("The schema of the database is not up to date: run the command migrate, or start a node.");
    }

    /** Says why it could not be migrated either, and what to do. */
    public OutdatedException(String message) {
        super(message);
    }
}

package dev.logintoken.server.operator;

/**
 * Thrown if a command names something that does not exist, or whose state does not allow the command. Nothing was
 * changed.
 */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}

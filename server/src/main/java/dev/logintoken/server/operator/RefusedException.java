package dev.logintoken.server.operator;

/** What a command names does not exist, or is in a state that does not allow it. Nothing was changed. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}

package dev.logintoken.server.key;

/** Thrown if the stored keys cannot be used. The message is one line for an operator, and quotes no key. */
public final class InvalidKeysException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidKeysException(String message) {
        super(message);
    }
}

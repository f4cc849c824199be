package dev.logintoken.server.key;

/** The keys cannot be used as they are kept. The message is one line for an operator; it quotes no key. */
public final class InvalidKeysException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidKeysException(String message) {
        super(message);
    }
}

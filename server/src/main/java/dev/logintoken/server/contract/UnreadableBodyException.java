package dev.logintoken.server.contract;

import dev.logintoken.api.model.BodyErrorCode;

/**
 * Thrown for a request body that cannot be read, before the operation runs. Every operation with a body declares these
 * errors.
 */
public final class UnreadableBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final BodyErrorCode error;

    public UnreadableBodyException(BodyErrorCode error) {
        super(error.code(), null, false, false);
        this.error = error;
    }

    BodyErrorCode error() {
        return error;
    }
}

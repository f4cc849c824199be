package dev.logintoken.server.contract;

import dev.logintoken.api.model.BodyErrorCode;

/** A request body that no operation gets to see. Every operation with a body declares these errors. */
public final class UnreadableBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final BodyErrorCode error;

    /**
     * A body that was refused.
     *
     * @param error what is wrong with it
     */
    public UnreadableBodyException(BodyErrorCode error) {
        super(error.code(), null, false, false);
        this.error = error;
    }

    BodyErrorCode error() {
        return error;
    }
}

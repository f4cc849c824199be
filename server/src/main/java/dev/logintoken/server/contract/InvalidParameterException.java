package dev.logintoken.server.contract;

import dev.logintoken.api.InvalidParameter;

/** Thrown for a parameter value that the spec does not allow, before the operation runs. */
public final class InvalidParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient InvalidParameter answer;

    public InvalidParameterException(InvalidParameter answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    InvalidParameter answer() {
        return answer;
    }
}

package dev.logintoken.server.contract;

import dev.logintoken.api.InvalidParameter;

/** A parameter's value that the spec does not allow, and that no operation gets to see. */
public final class InvalidParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient InvalidParameter answer;

    /**
     * A parameter that was refused.
     *
     * @param answer what the operation's contract answers then
     */
    public InvalidParameterException(InvalidParameter answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    InvalidParameter answer() {
        return answer;
    }
}

package dev.logintoken.server.control;

/** Refuses a request to control the sandbox. Its message is one line for the caller. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String line) {
        super(line);
    }
}

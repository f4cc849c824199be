package dev.logintoken.settings;

/** Stops the start. The message is one line that names the setting and what it should be; it never quotes a secret. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line for the person who starts the service */
    public InvalidSettingException(String message) {
        super(message);
    }
}

package dev.logintoken.settings;

/**
 * Thrown for a setting that stops the start. The message is one line that names the setting and its allowed values. It
 * never quotes a secret.
 */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidSettingException(String message) {
        super(message);
    }
}

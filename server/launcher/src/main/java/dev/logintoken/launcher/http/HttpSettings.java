package dev.logintoken.launcher.http;

import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.KnownSettings;
import dev.logintoken.settings.Values;

import java.time.Duration;

/**
 * The address where the service listens, read from the same sources as its other settings.
 *
 * @param host the address to bind
 * @param port the port, 0 for any free one
 * @param contextPath {@code /}, or a path that starts but does not end with a slash
 * @param stopTimeout how long requests in flight may take when the process ends
 * @param forwarded whether to trust the headers {@code X-Forwarded-For}, {@code -Proto} and {@code -Host} of a proxy
 */
public record HttpSettings(String host, int port, String contextPath, Duration stopTimeout, boolean forwarded) {

    /**
     * Reads this process's settings.
     *
     * @throws InvalidSettingException if a value is not allowed, or a name is not a setting
     */
    public static HttpSettings load() {
        return from(Values.load());
    }

    static HttpSettings from(Values values) {
        return new HttpSettings(
                values.get(KnownSettings.HTTP_HOST),
                values.get(KnownSettings.HTTP_PORT),
                values.get(KnownSettings.HTTP_CONTEXT_PATH),
                values.get(KnownSettings.HTTP_STOP_TIMEOUT),
                values.get(KnownSettings.HTTP_FORWARDED));
    }
}

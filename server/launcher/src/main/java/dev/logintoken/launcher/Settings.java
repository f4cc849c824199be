package dev.logintoken.launcher;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/**
 * Where the service listens, read from the same sources as its other settings.
 *
 * @param host the address to bind
 * @param port the port, 0 for any free one
 * @param contextPath {@code /}, or a path that starts but does not end with a slash
 * @param stopTimeout how long requests in flight may take after the process was told to end
 * @param forwarded whether a proxy in front tells the caller's address and scheme (RFC 7239, {@code X-Forwarded-…})
 */
record Settings(String host, int port, String contextPath, Duration stopTimeout, boolean forwarded) {

    static final String HOST = "logintoken.http.host";
    static final String PORT = "logintoken.http.port";
    static final String CONTEXT_PATH = "logintoken.http.context-path";
    static final String STOP_TIMEOUT = "logintoken.http.stop-timeout";
    static final String FORWARDED = "logintoken.http.forwarded";

    private static final int BELOW_ENVIRONMENT = 250;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_STOP_TIMEOUT = 300;

    /** Stops the start; the message is one line that names the setting. */
    static final class InvalidSettingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidSettingException(String message) {
            super(message);
        }
    }

    static Settings load() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultSources();
        Path file = Path.of("login-token.properties");
        if (Files.exists(file)) {
            try {
                builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), BELOW_ENVIRONMENT));
            } catch (IOException | IllegalArgumentException e) { // The latter for a broken Unicode escape.
                throw new InvalidSettingException("The file " + file.toAbsolutePath() + " cannot be read.");
            }
        }
        return from(builder.build());
    }

    static Settings from(SmallRyeConfig config) {
        return new Settings(
                read(config, HOST, "127.0.0.1", "a host name or an address", Settings::host),
                read(config, PORT, "8080", "a port from 0 to " + MAX_PORT, text -> number(text, MAX_PORT)),
                read(config, CONTEXT_PATH, "/", "/ or a path like /login", Settings::path),
                read(
                        config,
                        STOP_TIMEOUT,
                        "10",
                        "whole seconds from 0 to " + MAX_STOP_TIMEOUT,
                        text -> Duration.ofSeconds(number(text, MAX_STOP_TIMEOUT))),
                read(config, FORWARDED, "false", "true or false", Settings::bool));
    }

    private static <T> T read(
            SmallRyeConfig config, String key, String standard, String allowed, Function<String, T> parse) {
        String text = config.getOptionalValue(key, String.class).orElse(standard);
        try {
            return parse.apply(text.strip());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(key + " must be " + allowed + ", not '" + text + "' (set by "
                    + config.getConfigValue(key).getConfigSourceName() + ").");
        }
    }

    private static String host(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static int number(String text, int max) {
        int number = Integer.parseInt(text);
        if (number < 0 || number > max) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private static String path(String text) {
        if (!text.equals("/") && !text.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}

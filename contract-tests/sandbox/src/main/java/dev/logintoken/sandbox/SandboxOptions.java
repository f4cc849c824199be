package dev.logintoken.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a sandbox starts.
 *
 * @param war another WAR than the one in this artifact
 * @param port where it listens, 0 for a free port
 * @param settings of the service, by key
 * @param patience how long the start may take
 */
record SandboxOptions(Optional<Path> war, int port, Map<String, String> settings, Duration patience) {

    static final SandboxOptions DEFAULT = new SandboxOptions(Optional.empty(), 0, Map.of(), Duration.ofMinutes(1));
}

package dev.logintoken.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Builds a sandbox. Nothing needs to be set.
 *
 * @param <T> what {@link #build} returns
 */
public final class SandboxBuilder<T> {

    private final Function<SandboxOptions, T> product;
    private final Map<String, String> settings = new TreeMap<>();
    private Optional<Path> war = SandboxOptions.DEFAULT.war();
    private int port = SandboxOptions.DEFAULT.port();
    private Duration patience = SandboxOptions.DEFAULT.patience();

    SandboxBuilder(Function<SandboxOptions, T> product) {
        this.product = product;
    }

    /**
     * Sets a setting of the service.
     *
     * @param key such as {@code logintoken.ttl}
     * @param value as it would stand in {@code login-token.properties}
     */
    public SandboxBuilder<T> setting(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Sets the port on which the sandbox listens. By default the system chooses a free one. */
    public SandboxBuilder<T> port(int number) {
        port = number;
        return this;
    }

    /** Sets how long the start may take; a minute by default. */
    public SandboxBuilder<T> startTimeout(Duration timeout) {
        patience = timeout;
        return this;
    }

    /** Sets the WAR to run, for example another release's. By default it is the one of this artifact's version. */
    public SandboxBuilder<T> war(Path file) {
        war = Optional.of(file);
        return this;
    }

    /** Returns the sandbox. */
    public T build() {
        return product.apply(new SandboxOptions(war, port, Map.copyOf(settings), patience));
    }
}

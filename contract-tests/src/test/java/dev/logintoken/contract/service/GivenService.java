package dev.logintoken.contract.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A sandbox that runs already, at {@code -Dservice.url}. Who started it also ends it.
 *
 * @param url where it answers
 * @param log the file with its log, at {@code -Dservice.log}
 */
public record GivenService(URI url, Path log) implements RunningService {

    /** Returns the service that the run names; empty if the test starts its own. */
    public static Optional<RunningService> find() {
        return Optional.ofNullable(System.getProperty("service.url"))
                .map(url -> new GivenService(URI.create(url), Path.of(System.getProperty("service.log", "/dev/null"))));
    }

    @Override
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {}
}

package dev.logintoken.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The service as a sandbox: a process of its own on a free port, with its data in memory. It ends when it is closed, and
 * with this JVM at the latest, even if this JVM is killed. It needs no JUnit; with JUnit, {@link LoginTokenSandbox} is
 * easier.
 */
public final class Sandbox implements AutoCloseable {

    private final ServiceProcess process;
    private final Path log;
    private final ProviderStates states;
    private final SandboxClock clock;

    private Sandbox(ServiceProcess process, Path log) {
        this.process = process;
        this.log = log;
        this.states = new ProviderStates(process.url());
        this.clock = new SandboxClock(states);
    }

    /** Starts a sandbox, and returns once it answers. */
    public static Sandbox start() {
        return start(SandboxOptions.DEFAULT);
    }

    /** Returns a builder that starts a sandbox. */
    public static SandboxBuilder<Sandbox> builder() {
        return new SandboxBuilder<>(Sandbox::start);
    }

    static Sandbox start(SandboxOptions options) {
        try {
            Path directory = Files.createTempDirectory("login-token-sandbox-");
            Path log = directory.resolve("log");
            directory.toFile().deleteOnExit();
            log.toFile().deleteOnExit();
            List<String> jvm = new ArrayList<>();
            options.settings().forEach((key, value) -> jvm.add("-D" + key + "=" + value));
            List<String> command = ServiceProcess.command(
                    options.war().orElseGet(PackedWar::file),
                    jvm,
                    List.of(
                            "sandbox",
                            "--port",
                            Integer.toString(options.port()),
                            "--log-file",
                            log.toString(),
                            "--until-stdin-closes"));
            return new Sandbox(ServiceProcess.start(command, directory, options.patience()), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where the sandbox answers, without a slash at the end, such as {@code http://127.0.0.1:43211}. */
    public URI url() {
        return process.url();
    }

    /** Makes a fact true, such as "a deleted user", and returns its values. */
    public ProviderState given(String state) {
        return states.given(state);
    }

    /** Makes a fact that takes parameters true, and returns its values. */
    public ProviderState given(String state, Map<String, ?> params) {
        return states.given(state, params);
    }

    /** Returns the provider states, with their address for a Pact verifier. */
    public ProviderStates states() {
        return states;
    }

    /** Returns the sandbox's clock. */
    public SandboxClock clock() {
        return clock;
    }

    /** Undoes every fact and change, and sets the clock. Only the fixture is left. */
    public void reset() {
        states.reset();
        clock.forget();
    }

    /** Returns the log until now, with a line for each request. */
    public String log() {
        return ServiceProcess.text(log);
    }

    /** Returns the process. */
    public ServiceProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}

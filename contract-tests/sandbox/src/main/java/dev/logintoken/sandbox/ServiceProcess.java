package dev.logintoken.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The WAR, running as a process of its own by {@code java -jar}, in whatever mode its settings choose. {@link Sandbox}
 * is the easier way to a sandbox.
 */
public final class ServiceProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("(?m)^login-token is ready at (http://\\S+)$");
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path output;
    private final URI url;

    private ServiceProcess(Process process, Path output, URI url) {
        this.process = process;
        this.output = output;
        this.url = url;
    }

    /**
     * Returns the command that runs a WAR with the Java of this process. The JVM's options suit a process that lasts for
     * the time of some tests: its optimizing compiler would not pay.
     *
     * @param war the file {@code login-token.war}
     * @param options of the JVM, such as {@code -Dlogintoken.ttl=30}
     * @param arguments of the service, such as {@code sandbox}
     */
    public static List<String> command(Path war, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-jar", war.toString()));
        command.addAll(arguments);
        return command;
    }

    /**
     * Starts a service, and returns once it answers.
     *
     * @param command what to run, as of {@link #command}
     * @param directory where to run it
     * @param patience how long it may take until it answers
     * @throws IllegalStateException if it ends or takes longer; the message has its output
     */
    public static ServiceProcess start(List<String> command, Path directory, Duration patience) throws IOException {
        Path output = Files.createTempFile("login-token-", ".out");
        output.toFile().deleteOnExit();
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean alive = process.isAlive(); // Before its output is read, so that the output is whole.
            Optional<URI> url = url(text(output));
            if (url.isPresent()) {
                return new ServiceProcess(process, output, url.get());
            }
            if (!alive || System.nanoTime() - deadline > 0) {
                process.destroyForcibly();
                throw new IllegalStateException((alive
                                ? "The service was not ready in " + patience.toSeconds() + " seconds:\n"
                                : "The service did not start:\n")
                        + text(output));
            }
            pause(process);
        }
    }

    /** Returns where the service answers, without a slash at the end. */
    public URI url() {
        return url;
    }

    /** Returns all that the service has written to standard output and standard error until now. */
    public String output() {
        return text(output);
    }

    /** Returns the file that holds {@link #output}. It lasts as long as this JVM. */
    public Path outputFile() {
        return output;
    }

    /** Returns whether the process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the operating system's handle of the process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends the process as a power failure would, and returns once it has ended. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Asks the process to end, and returns once it has ended.
     *
     * @throws IllegalStateException if it had to be killed
     */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("The service did not stop:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<URI> url(String output) {
        Matcher ready = READY.matcher(output);
        return ready.find() ? Optional.of(URI.create(ready.group(1))) : Optional.empty();
    }

    /** Reads a file that another process writes; a character may be there by half. */
    static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause(Process process) {
        try {
            Thread.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the service starts.", e);
        }
    }
}

package dev.logintoken.contract.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The WAR, running as a process of its own by {@code java -jar}. */
public final class Service implements RunningService {

    private static final Pattern READY = Pattern.compile("login-token is ready at (http://\\S+)");

    private final Process process;
    private final URI url;
    private final Path directory;
    private final StringBuffer output;

    private Service(Process process, URI url, Path directory, StringBuffer output) {
        this.process = process;
        this.url = url;
        this.directory = directory;
        this.output = output;
    }

    /** A sandbox on a database of its own. */
    public static Service start(String... settings) throws IOException {
        return startOn(TestDatabase.passing(), Files.createTempDirectory("contract-"), List.of(settings));
    }

    /** A sandbox on a database, with further settings. */
    public static Service startOn(TestDatabase database, Path directory, List<String> settings) throws IOException {
        List<String> all = new ArrayList<>(database.settings());
        all.addAll(settings);
        return startIn(directory, all);
    }

    /** A service with its working directory and nothing but the given settings. */
    public static Service startIn(Path directory, List<String> settings) throws IOException {
        return startUnder(List.of(), directory, settings);
    }

    /** The same, run by another command, which has to replace itself by it, as {@code env} does; none runs it directly. */
    @SuppressWarnings("JdkObsolete") // Written by one thread, read by another.
    public static Service startUnder(List<String> command, Path directory, List<String> settings) throws IOException {
        Process process = launch(command, directory, settings);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuffer output = new StringBuffer();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            output.append(line).append('\n');
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                Thread drain = new Thread(() -> drain(lines, output));
                drain.setDaemon(true);
                drain.start();
                return new Service(process, URI.create(ready.group(1)), directory, output);
            }
        }
        throw new IllegalStateException("The service did not start:\n" + output);
    }

    @SuppressWarnings("JdkObsolete") // Written by one thread, read by another.
    private static void drain(BufferedReader lines, StringBuffer output) {
        try {
            lines.lines().forEach(more -> output.append(more).append('\n'));
        } catch (UncheckedIOException e) {
            // The process was killed, and its output went with it.
        }
    }

    /** A process that is expected to end by itself. */
    public static Process launch(Path directory, List<String> settings) throws IOException {
        return launch(List.of(), directory, settings);
    }

    private static Process launch(List<String> command, Path directory, List<String> settings) throws IOException {
        List<String> options = new ArrayList<>(List.of("-Dlogintoken.http.port=0"));
        options.addAll(settings);
        List<String> words = new ArrayList<>(command);
        words.addAll(java(options, List.of()));
        return new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
    }

    /** How the WAR is started by {@code java -jar}: for seconds, which is over before the optimizing compiler pays. */
    public static List<String> java(List<String> options, List<String> words) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-jar", System.getProperty("login-token.war")));
        command.addAll(words);
        return command;
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public String output() {
        return output.toString();
    }

    /** Where it was started. */
    Path directory() {
        return directory;
    }

    /** Ends it as a power failure would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("The service did not stop:\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.logintoken.contract.service;

import dev.logintoken.sandbox.ServiceProcess;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The WAR, running as a process of its own by {@code java -jar}. */
public final class Service implements RunningService {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ServiceProcess process;
    private final Path directory;

    private Service(ServiceProcess process, Path directory) {
        this.process = process;
        this.directory = directory;
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
    public static Service startUnder(List<String> command, Path directory, List<String> settings) throws IOException {
        return new Service(ServiceProcess.start(line(command, settings), directory, PATIENCE), directory);
    }

    /** A process that is expected to end by itself. */
    public static Process launch(Path directory, List<String> settings) throws IOException {
        return new ProcessBuilder(line(List.of(), settings))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static List<String> line(List<String> under, List<String> settings) {
        List<String> options = new ArrayList<>(List.of("-Dlogintoken.http.port=0"));
        options.addAll(settings);
        List<String> words = new ArrayList<>(under);
        words.addAll(java(options, List.of()));
        return words;
    }

    /** How the WAR is started by {@code java -jar}. */
    public static List<String> java(List<String> options, List<String> words) {
        return ServiceProcess.command(Path.of(System.getProperty("login-token.war")), options, words);
    }

    @Override
    public URI url() {
        return process.url();
    }

    @Override
    public String output() {
        return process.output();
    }

    /** Where it was started. */
    Path directory() {
        return directory;
    }

    /** Ends it as a power failure would. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}

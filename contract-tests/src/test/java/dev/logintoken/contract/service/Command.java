package dev.logintoken.contract.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.kit.Spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The result of an operator's command.
 *
 * @param status its exit status
 * @param output its standard output
 * @param complaint its standard error
 */
public record Command(int status, String output, String complaint) {

    /**
     * Runs a command to its end.
     *
     * @param directory its working directory
     * @param settings system properties with settings of the service
     * @param input its standard input
     * @param words the command
     */
    public static Command run(Path directory, List<String> settings, String input, List<String> words)
            throws IOException, InterruptedException {
        Path errors = Files.createTempFile(directory, "errors", "");
        Process process = new ProcessBuilder(Service.java(settings, words))
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(words + " does not end.");
        }
        return new Command(process.exitValue(), output, Files.readString(errors));
    }

    /** Returns its standard output as JSON, for a command with {@code --json}. */
    public JsonNode json() {
        return Spec.read(output);
    }
}

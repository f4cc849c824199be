package dev.logintoken.contract.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The JVM of a container, as an operator looks into it.
 *
 * @param java the folder of its Java
 * @param process its process
 */
record HostedJvm(Path java, ProcessHandle process) {

    /** Returns how many copies of a class it has left after a full collection of garbage. */
    long copiesOf(String type) {
        jcmd("GC.run");
        return jcmd("VM.class_hierarchy", type)
                .lines()
                .filter(line -> line.contains(type + "/"))
                .count();
    }

    /** Returns the names of its threads. */
    List<String> threads() {
        return Pattern.compile("^\"([^\"]*)\"", Pattern.MULTILINE)
                .matcher(jcmd("Thread.print"))
                .results()
                .map(thread -> thread.group(1))
                .toList();
    }

    /** Writes its heap to a file. */
    void dumpHeap(Path file) {
        jcmd("GC.heap_dump", file.toString());
    }

    /** Returns how much memory it takes, by what Linux says. */
    long residentMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024;
    }

    private String jcmd(String... command) {
        List<String> line = new ArrayList<>(List.of(java.resolve("bin/jcmd").toString(), Long.toString(process.pid())));
        line.addAll(List.of(command));
        try {
            Process run = new ProcessBuilder(line).redirectErrorStream(true).start();
            return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

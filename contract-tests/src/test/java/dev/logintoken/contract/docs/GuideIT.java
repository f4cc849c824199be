package dev.logintoken.contract.docs;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody who follows the guide in a copy of the tree gets what the guide says; only by {@code guide/run}. */
final class GuideIT {

    private static final Path ROOT = Path.of("..");
    private static final Path COPY = Path.of("target/guide");
    private static final Set<String> LEFT_OUT = Set.of("target", ".git", "data");

    @Test
    void theGuideEndsGreenAsWritten() throws IOException, InterruptedException {
        copy();
        List<Guide.Block> blocks = Guide.blocks();
        int commands = 0;
        Instant firstEdit = Instant.now();
        for (int i = 0; i < blocks.size(); i++) {
            Guide.Block block = blocks.get(i);
            if (block.isEdit()) {
                block.applyIn(COPY);
            } else if (block.isCommand()) {
                boolean red =
                        i + 1 < blocks.size() && blocks.get(i + 1).language().isEmpty();
                follow(block.text().strip(), red ? blocks.get(i + 1).text().strip() : "", ++commands);
                if (!red) {
                    System.out.printf("From the first edit to green: %d s%n", seconds(firstEdit));
                    firstEdit = Instant.now();
                }
            }
        }
        assertThat(commands).isGreaterThanOrEqualTo(5);
    }

    /** A command that is followed by an output fails and says so; any other succeeds. */
    private static void follow(String command, String failure, int number) throws IOException, InterruptedException {
        Path log = COPY.resolve("../guide-" + number + ".log").normalize();
        Instant start = Instant.now();
        int status = new ProcessBuilder("sh", "-c", command)
                .directory(COPY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        System.out.printf("%s: %d s%n", command, seconds(start));
        String output = Files.readString(log, StandardCharsets.UTF_8);
        if (failure.isEmpty()) {
            assertThat(status).as("%s, see %s", command, log).isZero();
        } else {
            assertThat(status).as("%s, see %s", command, log).isNotZero();
            assertThat(output.contains(failure))
                    .as("%s says %s, see %s", command, failure, log)
                    .isTrue();
        }
    }

    private static long seconds(Instant start) {
        return Duration.between(start, Instant.now()).toSeconds();
    }

    private static void copy() throws IOException {
        try (Stream<Path> old = Files.exists(COPY) ? Files.walk(COPY) : Stream.empty()) {
            for (Path path : old.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        }
        copy(ROOT, COPY);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.toList()) {
                Path copy = to.resolve(child.getFileName());
                if (LEFT_OUT.contains(child.getFileName().toString())) {
                    continue;
                }
                if (Files.isDirectory(child)) {
                    copy(child, copy);
                } else {
                    Files.copy(child, copy);
                }
            }
        }
    }
}

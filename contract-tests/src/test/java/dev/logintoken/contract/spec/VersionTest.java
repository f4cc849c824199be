package dev.logintoken.contract.spec;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The version that is published is the one that the spec tells its readers. */
final class VersionTest {

    @Test
    void theSpecAndTheArtifactsHaveOneVersion() throws IOException {
        assertThat(lineWith("<revision>", Path.of("../pom.xml")))
                .isEqualTo("<revision>"
                        + lineWith("  version: ", Path.of("../spec/openapi.yaml"))
                                .replace("version: ", "") + "</revision>");
    }

    private static String lineWith(String start, Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.contains(start))
                .findFirst()
                .orElseThrow()
                .strip();
    }
}

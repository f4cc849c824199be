package dev.logintoken.sandbox;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** The files that killed processes leave behind. */
@SuppressWarnings("NullAway.Init")
final class PackedWarTest {

    /** No process has it: it is above the limit of every system. */
    private static final long ENDED = 1L << 40;

    @TempDir
    Path folder;

    private long running;

    @BeforeEach
    void findARunningProcess() {
        running = ProcessHandle.current().pid();
    }

    @Test
    void theFileOfAProcessThatEndedIsDeleted() throws IOException {
        Path left = file("login-token-" + ENDED + "-1.war", Duration.ofHours(2));
        PackedWar.deleteLeftovers(folder);
        assertThat(left).doesNotExist();
    }

    @Test
    void allOtherFilesStay() throws IOException {
        Path used = file("login-token-" + running + "-1.war", Duration.ofHours(2));
        Path young = file("login-token-" + ENDED + "-2.war", Duration.ofMinutes(2));
        Path foreign = file("login-token-1.0.0.war", Duration.ofHours(2));
        PackedWar.deleteLeftovers(folder);
        assertThat(folder).isDirectoryContaining(used::equals);
        assertThat(folder).isDirectoryContaining(young::equals);
        assertThat(folder).isDirectoryContaining(foreign::equals);
    }

    private Path file(String name, Duration age) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }
}

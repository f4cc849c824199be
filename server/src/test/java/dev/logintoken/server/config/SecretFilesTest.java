package dev.logintoken.server.config;

import dev.logintoken.settings.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which files with secrets other users can read, write or replace. */
final class SecretFilesTest {

    private static final int STICKY_FOR_ALL = 01777;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "rw-------, false",
        "rw-r-----, false",
        "rw-r--r--, true",
        "rw--w----, true",
        "rw-----w-, true",
    })
    void aKeyFileThatOthersCanReadOrWriteIsReported(String permissions, boolean open) throws IOException {
        Path file = write(folder.resolve("keys.json"), "{}", permissions);
        List<String> expected = open
                ? List.of("Other users can read or write the secrets in " + file + ": chmod 600 " + file)
                : List.of();
        assertThat(warnings(file)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"rwxr-xr-x, false", "rwxrwxr-x, true", "rwxr-xrwx, true"})
    void aFolderWhereOthersCanReplaceTheKeyFileIsReported(String permissions, boolean open) throws IOException {
        Path file = write(folder.resolve("keys.json"), "{}", "rw-------");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        List<String> expected = open
                ? List.of("Other users can replace files in " + folder + ", where " + file + " has secrets: chmod go-w "
                        + folder)
                : List.of();
        assertThat(warnings(file)).isEqualTo(expected);
    }

    @Test
    void inAFolderWithTheStickyBitOnlyOwnersCanReplaceFiles() throws IOException {
        Path file = write(folder.resolve("keys.json"), "{}", "rw-------");
        Files.setAttribute(folder, "unix:mode", STICKY_FOR_ALL);
        assertThat(warnings(file)).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsNotReported() {
        assertThat(warnings(folder.resolve("none").resolve("keys.json"))).isEmpty();
    }

    private static List<String> warnings(Path keys) {
        return SecretFiles.warnings(Values.of(Map.of("logintoken.keys.file", keys.toString())));
    }

    private static Path write(Path file, String text, String permissions) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}

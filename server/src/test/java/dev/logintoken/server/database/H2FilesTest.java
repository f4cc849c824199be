package dev.logintoken.server.database;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests the permissions of an embedded database's files. */
final class H2FilesTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:x",
                "jdbc:h2:tcp://localhost/x",
                "jdbc:h2:ssl://localhost/x",
                "jdbc:h2:file:nio:x",
                "jdbc:postgresql://localhost/x"
            })
    void othersHaveNoFiles(String url) {
        assertThat(H2Files.of(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:file:%s/x/db;WRITE_DELAY=0", "jdbc:h2:%s/x/db"})
    void aFolderThatIsMadeAndEachFileAreTheOwnersAlone(String url) throws Exception {
        H2Files files = H2Files.of(url.formatted(directory)).orElseThrow();
        files.prepare();
        Path folder = directory.resolve("x");
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(fromString("rwx------"));
        Path file = Files.writeString(folder.resolve("db.mv.db"), "");
        Files.setPosixFilePermissions(file, fromString("rw-r--r--"));
        assertThat(files.problems()).containsExactly("Other users can read or write the database: chmod 600 " + file);
        files.protect();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(fromString("rw-------"));
        assertThat(files.problems()).isEmpty();
    }

    @Test
    void aFolderOfTheOperatorsKeepsItsRightsAndIsToldOf() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("x"));
        Files.setPosixFilePermissions(folder, fromString("rwxrwxr-x"));
        H2Files files = H2Files.of("jdbc:h2:file:" + folder + "/db").orElseThrow();
        files.prepare();
        files.protect();
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(fromString("rwxrwxr-x"));
        assertThat(files.problems())
                .containsExactly("Other users can access the folder of the database: chmod 700 " + folder);
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws Exception {
        Path folder = Files.writeString(directory.resolve("x"), "");
        H2Files files = H2Files.of("jdbc:h2:file:" + folder + "/db").orElseThrow();
        assertThatThrownBy(files::prepare)
                .isInstanceOf(UnfitException.class)
                .hasMessage("cannot write to " + folder + ": it is not a folder");
    }
}

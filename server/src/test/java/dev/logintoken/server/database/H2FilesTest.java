package dev.logintoken.server.database;

import dev.logintoken.server.failure.UnfitException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Optional;

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
                "jdbc:h2:memFS:x",
                "jdbc:h2:zip:./x.zip!/x",
                "jdbc:postgresql://localhost/x"
            })
    void othersHaveNoFiles(String url) {
        assertThat(H2Files.of(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:%s/x/db;WRITE_DELAY=0",
                "jdbc:h2:%s/x/db",
                "jdbc:h2:nio:%s/x/db",
                "jdbc:h2:split:20:nioMapped:%s/x/db"
            })
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

    /** By H2's default a crash loses the commits of half a second. */
    @ParameterizedTest
    @CsvSource({"file, '', 0", "file, ';write_delay=7', 7", "split, '', 0"})
    void aCommitIsOnDiskUnlessTheUrlSaysOtherwise(String kind, String settings, String delay) throws Exception {
        String url = "jdbc:h2:" + kind + ":" + directory.resolve("db") + ";MAX_COMPACT_TIME=0" + settings;
        ConnectionPool.Address address = new ConnectionPool.Address(url, Optional.empty(), Optional.empty());
        Duration wait = Duration.ofSeconds(5);
        try (ConnectionPool pool = ConnectionPool.open(address, 1, wait, Duration.ZERO);
                Connection connection = pool.dataSource().getConnection();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select setting_value from information_schema.settings"
                                + " where setting_name = 'WRITE_DELAY'")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo(delay);
        }
    }

    @Test
    void aFolderOfTheOperatorsKeepsItsRightsAndIsToldOf() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("x"));
        Files.setPosixFilePermissions(folder, fromString("rwxrwxr-x"));
        String url = "jdbc:h2:file:" + folder + "/db";
        H2Files files = H2Files.of(url).orElseThrow();
        files.prepare();
        files.protect();
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(fromString("rwxrwxr-x"));
        assertThat(files.problems())
                .containsExactly("Other users can access the folder of the database: chmod 700 " + folder);
        assertThat(H2Files.warnings(url)).isEmpty();
        Files.setPosixFilePermissions(folder, fromString("rwxr-xr-x"));
        assertThat(files.problems()).isEmpty();
        assertThat(H2Files.warnings(url))
                .containsExactly("Other users can read the folder of the database: chmod 700 " + folder);
        Files.setPosixFilePermissions(folder, fromString("rwx------"));
        assertThat(H2Files.warnings(url)).isEmpty();
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws Exception {
        Path folder = Files.writeString(directory.resolve("x"), "");
        H2Files files = H2Files.of("jdbc:h2:file:" + folder + "/db").orElseThrow();
        assertThatThrownBy(files::prepare)
                .isInstanceOf(UnfitException.class)
                .hasMessage("cannot write to " + folder + ": it is not a folder");
    }

    @Test
    void aFolderUnderAFileIsRefusedByTheNameOfTheFile() throws Exception {
        Path file = Files.writeString(directory.resolve("x"), "");
        H2Files files = H2Files.of("jdbc:h2:file:" + file + "/y/db").orElseThrow();
        assertThatThrownBy(files::prepare)
                .isInstanceOf(UnfitException.class)
                .hasMessage("cannot write to " + file + ": it is not a folder");
    }

    @Test
    void aFolderThatTheSystemRefusesIsNamedWithItsReason() {
        String url = "jdbc:h2:file:" + directory.resolve("x".repeat(300)) + "/db";
        assertThatThrownBy(() -> H2Files.of(url).orElseThrow().prepare())
                .isInstanceOf(UnfitException.class)
                .hasMessageStartingWith("cannot write to " + directory)
                .hasMessageEndingWith(": File name too long");
    }

    @Test
    void aFolderThatIsNotThereHasNoProblems() {
        String url = "jdbc:h2:file:" + directory.resolve("x") + "/db";
        assertThat(H2Files.warnings(url)).isEmpty();
        assertThat(H2Files.of(url).orElseThrow().problems()).isEmpty();
    }

    @Test
    void whatIsNoFileOfTheDatabaseKeepsItsRights() throws Exception {
        Path other = Files.writeString(directory.resolve("other.txt"), "");
        Path subfolder = Files.createDirectory(directory.resolve("db.backup"));
        Files.setPosixFilePermissions(other, fromString("rw-r--r--"));
        Files.setPosixFilePermissions(subfolder, fromString("rwxr-xr-x"));
        H2Files files = H2Files.of("jdbc:h2:file:" + directory + "/db").orElseThrow();
        assertThat(files.problems()).isEmpty();
        files.protect();
        assertThat(Files.getPosixFilePermissions(other)).isEqualTo(fromString("rw-r--r--"));
        assertThat(Files.getPosixFilePermissions(subfolder)).isEqualTo(fromString("rwxr-xr-x"));
    }

    @Test
    void thePoolLeavesAFolderAndFilesOfTheOwnersAlone() throws Exception {
        Path folder = directory.resolve("x");
        String url = "jdbc:h2:file:" + folder.resolve("db") + ";MAX_COMPACT_TIME=0";
        ConnectionPool.Address address = new ConnectionPool.Address(url, Optional.empty(), Optional.empty());
        try (ConnectionPool pool = ConnectionPool.open(address, 1, Duration.ofSeconds(5), Duration.ZERO)) {
            assertThat(pool.dataSource()).isNotNull();
            assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(fromString("rwx------"));
            assertThat(Files.getPosixFilePermissions(folder.resolve("db.mv.db")))
                    .isEqualTo(fromString("rw-------"));
        }
    }
}

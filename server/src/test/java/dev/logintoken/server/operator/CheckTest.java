package dev.logintoken.server.operator;

import dev.logintoken.settings.Values;
import org.h2.Driver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the report that an operator gets before a start. */
final class CheckTest {

    private static final String KEY = "HwJ-J3zezptI_xF6ql0IoyM8cRdMV09yhMeZ-1NTrgo";

    @TempDir
    private Path directory;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void production() {
        // Compacting the file when it is closed fails an assertion of H2, which only tests enable. It also leaves a
        // trace file.
        settings.put(
                "logintoken.db.url", "jdbc:h2:file:" + directory.resolve("db") + ";WRITE_DELAY=0;MAX_COMPACT_TIME=0");
        settings.put("logintoken.keys.master", KEY);
        settings.put("logintoken.website.base-url", "https://www.example.com");
        settings.put("logintoken.http.port", "0");
    }

    @Test
    void aNodeThatWouldStartHasNoProblems() {
        migrate();
        Check check = check();
        assertThat(check.problems()).isEmpty();
        assertThat(check.warnings()).isEmpty();
        assertThat(check.report().toString()).contains("PRODUCTION", "H2 2.");
    }

    @Test
    void eachSettingIsToldWithValueDefaultAndSourceButNoSecret() {
        settings.put("logintoken.db.connection-timeout", "1");
        settings.put("logintoken.db.password", "hunter2");
        settings.put(
                "logintoken.db.url", "jdbc:postgresql://127.0.0.1:1/x?user=u&password=hunter3&sslpassword=hunter4");
        String report = check().report().toString();
        assertThat(report)
                .contains("jdbc:postgresql://127.0.0.1:1/x?user=u&password=…&sslpassword=…")
                .contains("key=logintoken.ttl, value=Optional[300], default=300, set by=Optional.empty")
                .contains("key=logintoken.keys.master, value=Optional[…]")
                .contains("set by=Optional[system property logintoken.db.url]")
                .doesNotContain("hunter", KEY);
        settings.put("logintoken.db.url", "jdbc:postgresql://u:hunter5@127.0.0.1:1/x");
        assertThat(check().report().toString()).contains("//…@127.0.0.1").doesNotContain("hunter");
    }

    @Test
    void everyWrongSettingIsALine() {
        settings.put("logintoken.tll", "1");
        settings.put("logintoken.ttl", "1");
        settings.put("logintoken.http.port", "high");
        assertThat(check().problems())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("Unknown setting: system property logintoken.tll."))
                .anyMatch(line -> line.startsWith("logintoken.ttl must be "))
                .anyMatch(line -> line.startsWith("logintoken.http.port must be "));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aWrongSettingWithADefaultHidesNothing() {
        settings.put("logintoken.ttl", "1");
        settings.remove("logintoken.website.base-url");
        assertThat(check().problems())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("logintoken.ttl must be "))
                .anyMatch(line -> line.startsWith("No website: "))
                .anyMatch(line -> line.contains("the command migrate"));
    }

    /** Without its database, a node would be a sandbox. */
    @Test
    void aWrongUrlOfTheDatabaseIsTheOnlyLine() {
        settings.put("logintoken.db.url", "jdbc:oracle:x");
        assertThat(check().problems()).singleElement().asString().startsWith("logintoken.db.url must be ");
    }

    @Test
    void aDatabaseThatDoesNotAnswerHidesNothing() {
        settings.put("logintoken.db.url", "jdbc:h2:tcp://127.0.0.1:1/x");
        settings.remove("logintoken.keys.master");
        settings.put("logintoken.keys.file", directory.resolve("none").toString());
        assertThat(check().problems())
                .hasSize(2)
                .anyMatch(line -> line.contains("it does not answer"))
                .anyMatch(line -> line.contains("there is no file "));
    }

    @ParameterizedTest
    @CsvSource({
        "no-such-host.invalid, no such host. Correct logintoken.http.host.",
        "192.0.2.1, Set logintoken.http.host to an address of this machine.",
    })
    void aHostThatIsNotThisMachineIsALine(String host, String advice) {
        migrate();
        settings.put("logintoken.http.host", host);
        assertThat(check().problems())
                .singleElement()
                .asString()
                .startsWith("A node cannot listen on host " + host + ", port 0: ")
                .endsWith(advice);
    }

    /** As while the node runs that a new release will replace. */
    @Test
    void aPortThatIsTakenIsAWarning() throws Exception {
        migrate();
        try (ServerSocket node = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put("logintoken.http.port", String.valueOf(node.getLocalPort()));
            Check check = check();
            assertThat(check.problems()).isEmpty();
            assertThat(check.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("A node cannot listen on host 127.0.0.1, port " + node.getLocalPort() + ": ")
                    .endsWith(" Stop the process that listens there before a start, or set another"
                            + " logintoken.http.port.");
        }
    }

    @Test
    void whatIsMissingIsALineEach() {
        settings.remove("logintoken.keys.master");
        settings.remove("logintoken.website.base-url");
        assertThat(check().problems())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("No website: "))
                .anyMatch(line -> line.startsWith("No keys: "))
                .anyMatch(line -> line.contains("the command migrate"));
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsALine() {
        settings.put("logintoken.db.url", "jdbc:h2:tcp://127.0.0.1:1/x");
        assertThat(check().problems())
                .containsExactly("The database of logintoken.db.url cannot be used: it does not answer: connection"
                        + " refused by 127.0.0.1:1: start the database, or correct the address");
    }

    @Test
    void aDatabaseOfTheOtherModeIsALine() {
        migrate();
        settings.remove("logintoken.keys.master");
        settings.put("logintoken.sandbox", "true");
        assertThat(check().problems()).singleElement().asString().contains("made in mode PRODUCTION");
    }

    @Test
    void aDatabaseThatTakesNoWritesIsALine() {
        migrate();
        settings.merge("logintoken.db.url", ";ACCESS_MODE_DATA=r", String::concat);
        assertThat(check().problems())
                .singleElement()
                .asString()
                .startsWith("The database is read-only: remove ACCESS_MODE_DATA");
    }

    /** The command migrate cannot help there. */
    @Test
    void aViewOfAnotherApplicationIsALine() throws Exception {
        try (Connection other = new Driver().connect(settings.get("logintoken.db.url"), new Properties())) {
            other.createStatement().execute("create view theirs as select 1 as one");
        }
        assertThat(check().problems())
                .singleElement()
                .asString()
                .startsWith("The database cannot be used: its schema has tables or views of another application. Give")
                .doesNotContain("command migrate");
    }

    @Test
    void aClockThatDisagreesIsALine() {
        migrate();
        Check check = new Check(Values.of(settings), Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-5)));
        assertThat(check.problems()).singleElement().asString().contains("s apart");
    }

    /** As while a node runs. */
    @Test
    void filesThatAnotherProcessHasOpenAreALineAndGetNoCompany() throws Exception {
        migrate();
        try (FileChannel node = FileChannel.open(directory.resolve("db.mv.db"), StandardOpenOption.WRITE)) {
            assertThat(node.tryLock()).isNotNull();
            assertThat(check().problems())
                    .singleElement()
                    .asString()
                    .contains("cannot be used: The file is locked: ")
                    .endsWith("db.mv.db: another process, such as a node, has it open: stop that process");
        }
        assertThat(directory.toFile().list()).containsExactly("db.mv.db");
    }

    @Test
    void aDatabaseOfFilesIsNotMade() {
        Path folder = directory.resolve("x");
        settings.put("logintoken.db.url", "jdbc:h2:file:" + folder.resolve("db"));
        assertThat(check().problems()).singleElement().asString().contains("the command migrate");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeMadeIsALine() throws Exception {
        Path file = Files.writeString(directory.resolve("x"), "");
        settings.put("logintoken.db.url", "jdbc:h2:file:" + file.resolve("db"));
        assertThat(check().problems())
                .containsExactly("The database of logintoken.db.url cannot be used: cannot write to " + file
                        + ": it is not a folder");
    }

    @Test
    void commitsThatACrashMayLoseAreAWarning() {
        migrate();
        settings.put("logintoken.db.url", "jdbc:h2:file:" + directory.resolve("db") + ";write_delay=500");
        assertThat(check().warnings()).singleElement().asString().endsWith("Set WRITE_DELAY=0.");
    }

    @Test
    void filesThatOthersMayReadAreMendedOrALineEach() throws Exception {
        migrate();
        Path database = directory.resolve("db.mv.db");
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));
        Path keys = Files.writeString(directory.resolve("keys.json"), "{}");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
        settings.remove("logintoken.keys.master");
        settings.put("logintoken.keys.file", keys.toString());
        Check check = check();
        assertThat(check.problems())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("The file of logintoken.keys.file cannot be used: "));
        assertThat(Files.getPosixFilePermissions(database)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(check.warnings())
                .isEqualTo(List.of("Other users can read or write the secrets in " + keys + ": chmod 600 " + keys));
    }

    private Check check() {
        return new Check(Values.of(settings), Clock.systemUTC());
    }

    private void migrate() {
        try (OperatorSession site = OperatorSession.open(OperatorSession.installation(Values.of(settings)))) {
            site.migrate();
        }
    }
}

package dev.logintoken.contract.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.client.Nodes;
import dev.logintoken.contract.service.Command;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static dev.logintoken.contract.operator.ProductionCommands.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

/** What commands answer without a node: reports, lists page by page, and refusals in one line with a status. */
@SuppressWarnings("NullAway.Init")
final class CommandsIT {

    private static final String PASSWORD = "a-password-of-the-partner";

    @TempDir
    private static Path directory;

    private static ProductionCommands commands;

    private final String identifier = UUID.randomUUID().toString().replace("-", "") + "commands";

    @BeforeAll
    static void setUp() throws Exception {
        commands = new ProductionCommands(directory);
        commands.done("", "migrate");
        commands.done("", "partner", "create", "app", "--role", "app");
    }

    @AfterAll
    static void stop() throws IOException {
        commands.close();
    }

    @Test
    void whatCannotBeDoneIsOneLineAndAStatus() throws Exception {
        assertRefused(3, commands.command("", "partner", "create", "app", "--role", "app"));
        assertRefused(3, commands.command("", "api-key", "revoke", "0123456789abcdef"));
        assertRefused(3, commands.command("", "user", "erase", "nobody@example.com"));
        assertRefused(3, commands.command("", "partner", "create", "other", "--role", "app", "--password-stdin"));
        assertRefused(2, commands.command("", "partner", "create"));
        assertRefused(
                2,
                commands.command("", "partner", "create", "x", "--role", "app", "--origin", "https://x.example.com/y"));
        assertRefused(2, commands.command("", "identifier", "link", "short", "--partner", "app", "--user", "x"));
        assertRefused(2, commands.command("", "user", "create", "--email", "x"));
        assertRefused(2, commands.command("", "serve"));
    }

    @Test
    void aDatabaseOfTheOtherModeIsLeftAlone() throws Exception {
        Command said = Command.run(directory, commands.database().settings(), "", List.of("partner", "list"));
        assertRefused(1, said);
        assertThat(said.complaint()).contains("made in mode PRODUCTION");
    }

    @Tag("slow")
    @Test
    void aDatabaseThatCannotBeUsedIsOneLine() throws Exception {
        String file = "jdbc:h2:file:" + directory.resolve("locked");
        try (Connection node = DriverManager.getConnection(file)) {
            List<String> locked = new ArrayList<>(commands.settings());
            locked.add("-Dlogintoken.db.url=" + file);
            Command said = Command.run(directory, locked, "", List.of("partner", "list"));
            assertRefused(1, said);
            assertThat(said.complaint()).contains("The file is locked");
            assertThat(node.isValid(1)).isTrue();
        }
        assertRefused(
                1, commands.run(List.of("-Dlogintoken.db.url=jdbc:postgresql://127.0.0.1:1/x"), "", "partner", "list"));
        assertRefused(1, commands.run(List.of("-Dlogintoken.ttl=1"), "", "partner", "list"));
        Command checked = commands.run(List.of("-Dlogintoken.ttl=1"), "", "check");
        assertThat(checked.status()).isEqualTo(3);
        assertThat(checked.json().path("problems").toString()).contains("logintoken.ttl must be ");
    }

    /** By {@code java -jar}, as an operator does it. */
    @Test
    void aProcessDoesTheSame() throws Exception {
        Command help = commands.process("", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.output())
                .contains("partner", "api-key", "user", "document", "identifier", "revoke", "audit", "check", "migrate")
                .contains("logintoken.http.port");
        assertThat(commands.process("", "help", "partner", "create").output()).contains("--role", "--password-stdin");
        Command made = commands.process(
                PASSWORD + "\n", "--json", "partner", "create", "muller", "--role", "app", "--password-stdin");
        assertThat(made.status()).as(made.complaint()).isZero();
        assertThat(made.complaint()).isEmpty();
        assertThat(made.json().path("username").asText()).isEqualTo("muller");
        assertRefused(3, commands.process("", "partner", "create", "app", "--role", "app"));
        assertRefused(2, commands.process("", "serve"));
    }

    @Test
    void usersAndTheAuditAreListedPageByPage() throws Exception {
        String first = commands.makeUser(identifier);
        String user = commands.makeUser("second" + identifier);
        JsonNode page = commands.done("", "user", "list", "--limit", "1", "--partner", "app")
                .json();
        assertThat(page.path("users")).hasSize(1);
        JsonNode next = commands.done(
                        "",
                        "user",
                        "list",
                        "--partner",
                        "app",
                        "--after",
                        page.path("next").asText())
                .json();
        assertThat(List.of(page, next).stream()
                        .flatMap(users -> users.findValuesAsText("user").stream())
                        .toList())
                .contains(first, user)
                .doesNotHaveDuplicates();
        commands.done("", "revoke", "user", user);
        JsonNode newest = commands.done("", "audit", "list", "--user", user, "--limit", "1")
                .json();
        assertThat(newest.at("/rows/0/action").asText()).isEqualTo("audit list");
        JsonNode before = commands.done(
                        "",
                        "audit",
                        "list",
                        "--user",
                        user,
                        "--after",
                        newest.path("next").asText())
                .json();
        assertThat(before.findValuesAsText("action")).containsExactly("revoke user", "link", "user create");
        String id =
                commands.done("", "api-key", "issue", "app").json().path("id").asText();
        assertThat(commands.done("", "audit", "list", "--token", id)
                        .json()
                        .at("/rows/0/action")
                        .asText())
                .isEqualTo("api-key issue");
    }

    @Test
    void aFileOfKeysThatIsNotThereIsAProblem() throws Exception {
        Path keys = directory.resolve("none.json");
        assertThat(checkWithKeysIn(keys).path("problems"))
                .singleElement()
                .extracting(JsonNode::asText)
                .isEqualTo("The file of logintoken.keys.file cannot be used: it cannot be read: there is no file "
                        + keys + ".");
    }

    @Test
    void aFileOfKeysThatOthersMayReplaceIsAWarning() throws Exception {
        Path open = Files.createDirectory(directory.resolve("open"));
        Path keys = Files.writeString(open.resolve("keys.json"), """
                {"keys": [{"kty": "oct", "alg": "HS256", "kid": "1", "k": "%s"},
                          {"kty": "oct", "alg": "login-token/1", "kid": "1", "k": "%s"}]}""".formatted(ProductionCommands.KEY, Nodes.MASTER));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        JsonNode closed = checkWithKeysIn(keys);
        assertThat(closed.path("problems")).isEmpty();
        assertThat(closed.path("warnings")).isEmpty();
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(checkWithKeysIn(keys).path("warnings"))
                .singleElement()
                .extracting(JsonNode::asText)
                .isEqualTo("Other users can replace files in " + open + ", where " + keys + " has secrets: chmod go-w "
                        + open);
    }

    private static JsonNode checkWithKeysIn(Path file) throws Exception {
        List<String> settings = new ArrayList<>(commands.settings());
        settings.removeIf(setting -> setting.contains("keys.master"));
        settings.addAll(List.of("-Dlogintoken.keys.file=" + file, "-Dlogintoken.http.port=0"));
        return commands.runWith(settings, "", "check").json();
    }
}

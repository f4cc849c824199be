package dev.logintoken.server.operator;

import org.h2.Driver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Properties;
import java.util.UUID;

import static dev.logintoken.server.operator.Said.say;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests the command line on a database in memory: what it accepts, and the messages about what it refuses. */
final class OperatorTest {

    @BeforeAll
    static void setUp() {
        System.setProperty("logintoken.db.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        System.setProperty("logintoken.keys.master", "HwJ-J3zezptI_xF6ql0IoyM8cRdMV09yhMeZ-1NTrgo");
        assertThat(say("migrate").status()).isZero();
        assertThat(say("partner", "create", "app", "--role", "app").status()).isZero();
    }

    @AfterAll
    static void tearDown() {
        System.clearProperty("logintoken.db.url");
        System.clearProperty("logintoken.keys.master");
    }

    @Test
    void aUserNeedsAnEmailAddressOrAUuid() {
        assertThat(wrong("user", "create")).contains("--email ADDRESS", "--uuid UUID");
        String uuid = UUID.randomUUID().toString();
        assertThat(say("user", "create", "--uuid", uuid).status()).isZero();
        assertThat(say("user", "show", uuid).output()).contains(uuid);
    }

    @Test
    void anIdentifierThatTheSpecDoesNotAllowIsToldTheRule() {
        assertThat(wrong("identifier", "link", "short", "--partner", "app", "--user", "x"))
                .contains("'short' is not a user identifier", "36 to 255 letters and digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a b@example.com", "@", "\u001b]0;x\u0007a@x", "a@x\u202e"})
    void anEmailAddressThatTheSpecDoesNotAllowIsRefused(String address) {
        assertThat(wrong("user", "create", "--email", address))
                .contains("--email", "is not an email address")
                .doesNotContain("\u001b", "\u0007", "\u202e");
    }

    @Test
    void aUsernameThatTheSpecDoesNotAllowIsRefused() {
        assertThat(wrong("partner", "create", "", "--role", "app")).contains("1 to 255 characters");
        assertThat(wrong("partner", "create", "x".repeat(256), "--role", "app")).contains("1 to 255 characters");
        assertThat(wrong("partner", "create", "evil\u001b[2J\nrow", "--role", "app"))
                .contains("evil\\u001b[2J\\u000arow", "Control and formatting characters");
    }

    @Test
    void whatIsNotFoundIsNamedInOneLine() {
        Said said = say("partner", "disable", "evil\u001b[2J\nrow");
        assertThat(said.status()).isEqualTo(3);
        assertThat(said.complaint()).isEqualTo("login-token: There is no partner 'evil\\u001b[2J\\u000arow'.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "partner creat x, create",
        "parner list, partner",
        "user create --emial x@example.com, --email",
        "user sow x, show"
    })
    void aMistypedWordIsAnsweredByTheNearest(String words, String meant) {
        assertThat(wrong(words.split(" "))).contains("Unknown", "Did you mean '" + meant + "'", "? Try 'java");
    }

    @Test
    void aWordThatIsNearNoCommandGetsTheCommandsThereAre() {
        assertThat(wrong("start"))
                .startsWith("Unknown: 'start'. Without a command the service starts. Try 'java")
                .doesNotContain("Did you mean");
        assertThat(wrong("user", "frobnicate"))
                .startsWith("Unknown: 'frobnicate'. The commands are create, delete, erase, list, show. Try 'java")
                .contains("login-token.war user --help'");
    }

    @Test
    void aCommandWithoutItsGroupGetsTheGroupsThatHaveIt() {
        assertThat(wrong("create", "x"))
                .startsWith("Unknown: 'create'. Did you mean 'partner create' or 'user create'? Try");
    }

    @Test
    void aMissingCommandIsAnsweredByTheCommandsThereAre() {
        assertThat(wrong("user")).startsWith("A command is missing: create, delete, erase, list, show. Try 'java");
        assertThat(wrong("revoke")).startsWith("A command is missing: all, partner, user. Try 'java");
        assertThat(wrong("--json")).startsWith("A command is missing: ").contains("partner", "check");
    }

    @Test
    void anOptionOfJavaBelongsBeforeJar() {
        for (String[] words :
                new String[][] {{"-Dlogintoken.db.password=hunter2"}, {"check", "-Dx=hunter2"}, {"-Xmx1g"}}) {
            assertThat(wrong(words))
                    .startsWith("Unknown option: '-")
                    .contains("'. Options of Java stand before -jar. Try 'java")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void theHelpThatIsNamedIsThatOfTheWholeCommand() {
        assertThat(wrong("user", "create")).contains("Try 'java -jar login-token.war user create --help'");
        assertThat(wrong("partner", "create", "x", "--role", "app", "--origin", "x"))
                .contains("Try 'java -jar login-token.war partner create --help'");
    }

    @ParameterizedTest
    @CsvSource({"help parner, partner", "parner --help, partner", "help user creat, create"})
    void helpOfAMistypedCommandNamesTheNearest(String words, String meant) {
        assertThat(wrong(words.split(" "))).contains("Did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "help user", "user --help", "help user create", "user create x --help"})
    void helpIsShown(String words) {
        Said said = say(words.split(" "));
        assertThat(said.status()).as(said.complaint()).isZero();
        assertThat(said.output()).contains("Usage: ");
    }

    @ParameterizedTest
    @CsvSource({
        "user create --uuid 123, '123' is not a UUID",
        "user create --uuid 1-1-1-1-1, '1-1-1-1-1' is not a UUID",
        "audit list --after foo, 'foo' is not a value of 'next'",
        "document set x --side left, 'left' is not front or back",
        "partner create x --role boss, 'boss' is not app or website",
    })
    void aValueOfAnotherKindIsToldTheKind(String words, String reason) {
        assertThat(wrong(words.split(" "))).contains(reason + ". Try 'java").doesNotContain("java.", "[", "Exception");
    }

    @Test
    void aPasswordHasAtLeastEightCharacters() {
        Said seven = say(utf8("1234567\n"), "partner", "create", "seven", "--role", "app", "--password-stdin");
        assertThat(seven.status()).isEqualTo(3);
        assertThat(seven.complaint()).contains("at least 8 characters").doesNotContain("1234567");
        assertThat(say(utf8("12345678\n"), "partner", "create", "eight", "--role", "app", "--password-stdin")
                        .status())
                .isZero();
    }

    @Test
    void aPasswordThatIsNotUtf8IsRefused() {
        Said said = say(
                "12345678\u00fc".getBytes(StandardCharsets.ISO_8859_1),
                "partner",
                "create",
                "latin",
                "--role",
                "app",
                "--password-stdin");
        assertThat(said.status()).isEqualTo(3);
        assertThat(said.complaint()).contains("not UTF-8");
    }

    @Test
    void aRightThatTheDatabaseRefusesIsToldWithoutTheStatement() throws Exception {
        String url = System.getProperty("logintoken.db.url");
        try (Connection owner = new Driver().connect(url, new Properties())) {
            owner.createStatement().execute("create user poor password 'hunter2'");
            owner.createStatement().execute("grant select on schema public to poor");
        }
        // Only an administrator may set DB_CLOSE_DELAY.
        System.setProperty("logintoken.db.url", url.replaceFirst(";.*", ""));
        System.setProperty("logintoken.db.user", "poor");
        System.setProperty("logintoken.db.password", "hunter2");
        try {
            Said said = say("user", "create", "--uuid", UUID.randomUUID().toString());
            assertThat(said.status()).isEqualTo(1);
            assertThat(said.complaint())
                    .startsWith("login-token: The database cannot be used: Not enough rights for object \"PUBLIC.")
                    .endsWith("\": grant it to the user of logintoken.db.user.\n")
                    .doesNotContain("insert", "hunter2");
        } finally {
            System.setProperty("logintoken.db.url", url);
            System.clearProperty("logintoken.db.user");
            System.clearProperty("logintoken.db.password");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the single line about a wrong command line. It points to the help. */
    private static String wrong(String... words) {
        Said said = say(words);
        assertThat(said.status()).as(said.complaint()).isEqualTo(2);
        assertThat(said.output()).isEmpty();
        assertThat(said.complaint().lines()).hasSize(1);
        assertThat(said.complaint()).contains("--help'");
        return said.complaint();
    }
}

package dev.logintoken.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every source refuses a misspelt setting. */
final class UnknownSettingsTest {

    @TempDir
    private Path directory;

    static Stream<String> keys() {
        return KnownSettings.all().stream().map(Setting::key);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void oneLetterWrongIsRefusedAndTheRightKeyIsNamed(String key) throws Exception {
        Set<String> slips = slips(key);
        assertThat(slips).hasSizeGreaterThan(3 * key.length());
        for (String slip : slips) {
            assertRefused(properties(slip), "system property " + slip, key);
            assertRefused(file(slip + " = x\n"), slip + " in " + directory.resolve("x.properties"), key);
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theSameInTheEnvironment(String key) {
        String name = variable(key);
        for (String slip : slips(name)) {
            assertRefused(Source.environment(Map.of(slip, "x")), "environment variable " + slip, name);
        }
    }

    @Test
    void theLineSaysAllThatIsNeeded() throws Exception {
        assertThatThrownBy(() -> Values.of(
                                file("logintoken.db.ulr = jdbc:h2:mem:x\n"),
                                Source.environment(Map.of("LOGINTOKEN_DB_PASWORD", "hunter2")))
                        .closed())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Unknown setting: logintoken.db.ulr in " + directory.resolve("x.properties")
                        + ". The nearest known one is logintoken.db.url."
                        + " Unknown setting: environment variable LOGINTOKEN_DB_PASWORD. The nearest known one is"
                        + " LOGINTOKEN_DB_PASSWORD.");
    }

    @Test
    void nothingButSettingsBelongsIntoTheFile() throws Exception {
        assertThat(Values.of(file("colour = blue\n")).unknown()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logintoken.foo.bar", "junk", "logintoken", "logintoken.x"})
    void aNameThatIsNearNoKeyGetsTheWayToTheList(String name) throws Exception {
        assertThat(Values.of(file(name + " = x\n")).unknown())
                .containsExactly("Unknown setting: " + name + " in " + directory.resolve("x.properties")
                        + ". 'java -jar login-token.war --help' lists all settings.");
    }

    @ParameterizedTest
    @CsvSource({
        "ttl, logintoken.ttl",
        "db.url, logintoken.db.url",
        "logintoken.password, logintoken.db.password",
        "logintoken.sandbx.hots, logintoken.sandbox.hosts",
        "login.token.ttl, logintoken.ttl",
    })
    void twoSlipsOrAWordLeftOutGetTheKey(String name, String key) throws Exception {
        assertRefused(file(name + " = x\n"), name + " in " + directory.resolve("x.properties"), key);
    }

    @Test
    void othersMayCallTheirSettingsAsTheyLike() {
        Map<String, String> foreign =
                Map.of("LOGIN_TIMEOUT", "1", "LOGIN_TOKEN", "x", "TOKEN_TTL", "1", "PATH", "/bin", "HTTP_PORT", "80");
        assertThat(Values.of(Source.environment(foreign)).unknown()).isEmpty();
        Properties properties = new Properties();
        properties.setProperty("login.token.secret", "x");
        properties.setProperty("java.io.tmpdir", "x");
        properties.setProperty("dev.logintoken.x", "x");
        assertThat(Values.of(Source.systemProperties(properties)).unknown()).isEmpty();
    }

    @Test
    void whatKubernetesSetsForAServiceIsLeftAlone() {
        Map<String, String> service = Map.of(
                "LOGINTOKEN_SERVICE_HOST", "10.0.0.11",
                "LOGINTOKEN_SERVICE_PORT", "8080",
                "LOGINTOKEN_SERVICE_PORT_HTTP", "8080",
                "LOGINTOKEN_PORT", "tcp://10.0.0.11:8080",
                "LOGINTOKEN_PORT_8080_TCP", "tcp://10.0.0.11:8080",
                "LOGINTOKEN_PORT_8080_TCP_PROTO", "tcp",
                "LOGINTOKEN_PORT_8080_TCP_PORT", "8080",
                "LOGINTOKEN_PORT_8080_TCP_ADDR", "10.0.0.11",
                "LOGINTOKEN_HTTP_PORT", "tcp://10.0.0.11:80");
        Values values = Values.of(Source.environment(service));
        assertThat(values.unknown()).isEmpty();
        assertThat(values.get(KnownSettings.HTTP_PORT)).isEqualTo(8080);
        assertThat(Values.of(Source.environment(Map.of("LOGINTOKEN_PORT", "9090")))
                        .unknown())
                .singleElement()
                .asString()
                .contains("LOGINTOKEN_HTTP_PORT");
    }

    @Test
    void aKeyMayBeWrittenInTheSourcesOwnWayOnly() throws Exception {
        assertThat(Values.of(properties("LOGINTOKEN_TTL")).unknown()).hasSize(1);
        assertThat(Values.of(file("LOGINTOKEN_TTL = 30\n")).unknown()).hasSize(1);
        Values values = Values.of(Source.environment(Map.of("LOGINTOKEN_TTL", "30")));
        assertThat(values.unknown()).isEmpty();
        assertThat(values.get(KnownSettings.TTL)).hasSeconds(30);
        for (String name : List.of("logintoken_ttl", "logintoken.ttl", "Logintoken_Ttl")) {
            assertRefused(
                    Source.environment(Map.of(name, "50", "LOGINTOKEN_TTL", "40")),
                    "environment variable " + name,
                    "LOGINTOKEN_TTL");
        }
    }

    private static void assertRefused(Source source, String where, String right) {
        assertThat(Values.of(source).unknown())
                .as(where)
                .singleElement()
                .asString()
                .contains(where + ".")
                .endsWith(" " + right + ".");
    }

    /** A name with each letter left out, replaced or doubled by another one, and each two neighbours swapped. */
    private static Set<String> slips(String name) {
        Set<String> slips = new LinkedHashSet<>();
        for (int i = 0; i < name.length(); i++) {
            slips.add(name.substring(0, i) + name.substring(i + 1));
            slips.add(name.substring(0, i) + "x" + name.substring(i));
            slips.add(name.substring(0, i) + "x" + name.substring(i + 1));
            if (i > 0) {
                slips.add(name.substring(0, i - 1) + name.charAt(i) + name.charAt(i - 1) + name.substring(i + 1));
            }
        }
        slips.remove(name);
        return slips;
    }

    private static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static Source properties(String name) {
        Properties properties = new Properties();
        properties.setProperty(name, "x");
        return Source.systemProperties(properties);
    }

    private Source file(String text) throws Exception {
        return Source.file(Files.writeString(directory.resolve("x.properties"), text));
    }
}

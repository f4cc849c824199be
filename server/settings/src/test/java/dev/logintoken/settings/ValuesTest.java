package dev.logintoken.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where values come from, and how they are read. */
final class ValuesTest {

    @TempDir
    private Path directory;

    @Test
    void aSystemPropertyComesBeforeTheEnvironmentAndThatBeforeTheFile() {
        Properties properties = new Properties();
        properties.setProperty("logintoken.ttl", "31");
        Source property = Source.systemProperties(properties);
        Source variable = Source.environment(Map.of("LOGINTOKEN_TTL", "32"));
        Source file = file("logintoken.ttl = 33");
        assertTtl(31, "system property logintoken.ttl", property, variable, file);
        assertTtl(32, "environment variable LOGINTOKEN_TTL", variable, file);
        assertTtl(33, "logintoken.ttl in " + directory.resolve(Values.FILE), file);
        assertThat(Values.of().get(KnownSettings.TTL)).hasSeconds(300);
        assertThat(Values.of().origin(KnownSettings.TTL)).isEmpty();
    }

    private static void assertTtl(int seconds, String origin, Source... sources) {
        assertThat(Values.of(sources).get(KnownSettings.TTL)).hasSeconds(seconds);
        assertThat(Values.of(sources).origin(KnownSettings.TTL)).contains(origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {" x y ", "x y\n", "\tx y\r\n"})
    void blanksAndLineEndsAroundAValueDoNotCountWhereverItIs(String value) {
        for (Setting<String> setting :
                List.of(KnownSettings.DB_USER, KnownSettings.DB_PASSWORD, KnownSettings.HTTP_HOST)) {
            assertThat(Values.of(Map.of(setting.key(), value)).find(setting)).contains("x y");
            String variable = setting.key().toUpperCase(Locale.ROOT).replace('.', '_');
            assertThat(Values.of(Source.environment(Map.of(variable, value))).find(setting))
                    .contains("x y");
        }
        assertThat(Values.of(file("logintoken.db.user=x y  \t\n")).find(KnownSettings.DB_USER))
                .contains("x y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logintoken.db.url", "logintoken.db.password", "logintoken.keys.file", "logintoken.ttl"})
    void aSettingWithoutAValueIsRefused(String key) {
        Setting<?> setting = KnownSettings.all().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> Values.of(Map.of(key, " ")).find(setting))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(key + " has no value: give it one, or leave it out (set by system property " + key + ").");
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheFirstKey() {
        Source source = file("\uFEFFlogintoken.db.url = jdbc:h2:mem:x\nlogintoken.ttl = 30\n");
        assertThat(Values.of(source).closed().find(KnownSettings.DB_URL)).contains("jdbc:h2:mem:x");
        assertThat(Values.of(source).get(KnownSettings.TTL)).hasSeconds(30);
    }

    @Test
    void theFileIsUtf8() throws Exception {
        assertThat(Values.of(file("logintoken.db.user = jürgen☃\n")).find(KnownSettings.DB_USER))
                .contains("jürgen☃");
        Path latin = Files.write(
                directory.resolve("latin.properties"),
                "logintoken.db.user = jürgen".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Source.file(latin))
                .hasMessage("The file " + latin + " cannot be read: it is not UTF-8.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logintoken.ttl=30\\nlogintoken.ttl=31 | has logintoken.ttl twice: remove one of the lines.",
                "logintoken.ttl=\\u00 | cannot be read: it has a broken \\u escape.",
            })
    void aFileThatCannotMeanOneThingIsRefused(String text, String why) {
        assertThatThrownBy(() -> file(text.replace("\\n", "\n")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("The file " + directory.resolve(Values.FILE) + " " + why);
    }

    @Test
    void aFileThatIsAFolderIsRefused() {
        assertThatThrownBy(() -> Source.file(directory))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("The file " + directory + " cannot be read: it is a folder. Remove the folder, or put a"
                        + " file in its place.");
    }

    private Source file(String text) {
        try {
            return Source.file(Files.writeString(directory.resolve(Values.FILE), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.logintoken.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The list of settings, and the table of configuration.md. */
final class KnownSettingsTest {

    /** A line of the table. */
    private record Row(String key, String standard, String allowed, String meaning) {}

    static List<Setting<?>> all() {
        return KnownSettings.all();
    }

    @Test
    void theReadmesTableIsTheList() throws IOException {
        List<Row> rows = Pattern.compile(
                        "^\\| (logintoken\\.[^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../docs/configuration.md")).replaceAll("`|\\[|\\]\\(.*?\\)", ""))
                .results()
                .map(row -> new Row(row.group(1), row.group(2), row.group(3), row.group(4)))
                .toList();
        assertThat(rows)
                .extracting(Row::key)
                .containsExactlyElementsOf(all().stream().map(Setting::key).toList());
        for (int i = 0; i < rows.size(); i++) {
            Setting<?> setting = all().get(i);
            assertThat(rows.get(i).standard()).isEqualTo(setting.otherwise());
            assertThat(rows.get(i).allowed()).isEqualTo(setting.kind().allowed());
            assertThat(rows.get(i).meaning()).startsWith(setting.meaning());
            assertThat(rows.get(i).meaning().contains("java -jar only")).isEqualTo(setting.is(Setting.Trait.JAVA_JAR));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDefaultIsAnAllowedValue(Setting<?> setting) {
        setting.standard()
                .ifPresent(standard -> assertThat(Values.of(Map.of()).get(setting))
                        .isEqualTo(Values.of(Map.of(setting.key(), standard)).get(setting)));
    }

    @Test
    void rangesHoldAsTheySay() {
        int ranges = 0;
        for (Setting<?> setting : all()) {
            Matcher range = Pattern.compile("from (\\d+) to (\\d+)")
                    .matcher(setting.kind().allowed());
            if (range.find()) {
                ranges++;
                int min = Integer.parseInt(range.group(1));
                int max = Integer.parseInt(range.group(2));
                for (int inside : new int[] {min, max}) {
                    assertThat(values(setting.key(), Integer.toString(inside)).find(setting))
                            .isPresent();
                }
                for (int outside : new int[] {min - 1, max + 1}) {
                    assertThatThrownBy(() -> values(setting.key(), Integer.toString(outside))
                                    .find(setting))
                            .hasMessageContaining(setting.key());
                }
            }
        }
        assertThat(ranges).isGreaterThanOrEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({
        "logintoken.ttl, PT5M, whole seconds from 30 to 3600",
        "logintoken.db.url, jdbc:h3:mem:x, a JDBC URL of H2 or PostgreSQL",
        "logintoken.db.pool-size, many, a number of connections from 2 to 1000",
        "logintoken.db.statement-timeout, 5s, whole seconds from 1 to 300",
        "logintoken.audit.retention, 3651, whole days from 0 to 3650",
        "logintoken.sandbox, yes, true or false",
        "logintoken.sandbox.remote, 1, true or false",
        "logintoken.sandbox.hosts, http://dev.example, host names separated by commas",
        "logintoken.sandbox.hosts, 'a,,b', host names separated by commas",
        "logintoken.sandbox.origins, *, 'origins such as http://localhost:5173, separated by commas'",
        "logintoken.sandbox.origins, http://app.test/, 'origins such as http://localhost:5173, separated by commas'",
        "logintoken.website.base-url, www.example.com, an absolute http or https URL",
        "logintoken.keys.master, c2hvcnQ, 32 random bytes in base64url without padding",
        "logintoken.keys.master, not/base64url, 32 random bytes in base64url without padding",
    })
    void aBadValueIsRefusedByItsKeyAndSourceAndNotRepeated(String key, String value, String allowed) {
        Setting<?> setting = all().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> values(key, value).find(setting))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(key + " must be " + allowed + " (set by system property " + key + ").");
    }

    private static Values values(String key, String value) {
        return Values.of(Map.of(key, value));
    }
}

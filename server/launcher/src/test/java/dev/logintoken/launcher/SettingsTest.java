package dev.logintoken.launcher;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class SettingsTest {

    @Test
    void nothingNeedsToBeSet() {
        assertThat(settings(Map.of())).isEqualTo(new Settings("127.0.0.1", 8080, "/", Duration.ofSeconds(10), false));
    }

    @Test
    void everyKeyIsRead() {
        assertThat(settings(Map.of(
                        "logintoken.http.host", "::1",
                        "logintoken.http.port", "0",
                        "logintoken.http.context-path", "/a/b",
                        "logintoken.http.stop-timeout", "300",
                        "logintoken.http.forwarded", "true")))
                .isEqualTo(new Settings("::1", 0, "/a/b", Duration.ofMinutes(5), true));
    }

    @ParameterizedTest
    @CsvSource({
        "logintoken.http.host, ' ', a host name or an address",
        "logintoken.http.port, http, a port from 0 to 65535",
        "logintoken.http.port, 65536, a port from 0 to 65535",
        "logintoken.http.port, -1, a port from 0 to 65535",
        "logintoken.http.context-path, app, / or a path like /login",
        "logintoken.http.context-path, /app/, / or a path like /login",
        "logintoken.http.context-path, /a//b, / or a path like /login",
        "logintoken.http.stop-timeout, 10s, whole seconds from 0 to 300",
        "logintoken.http.stop-timeout, 301, whole seconds from 0 to 300",
        "logintoken.http.forwarded, yes, true or false",
    })
    void aBadValueIsRefusedByItsKeyAndSource(String key, String value, String allowed) {
        assertThatThrownBy(() -> settings(Map.of(key, value)))
                .isInstanceOf(Settings.InvalidSettingException.class)
                .hasMessage(key + " must be " + allowed + ", not '" + value
                        + "' (set by PropertiesConfigSource[source=test]).");
    }

    @Test
    void theReadmeListsTheseKeysAndTheirDefaults() throws IOException {
        Map<String, String> defaults = new HashMap<>();
        Pattern.compile("^\\| `(logintoken\\.http\\.[a-z-]+)` \\| `([^`]+)` \\|", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../README.md")))
                .results()
                .forEach(row -> defaults.put(row.group(1), row.group(2)));
        assertThat(defaults)
                .containsOnlyKeys(
                        Settings.HOST, Settings.PORT, Settings.CONTEXT_PATH, Settings.STOP_TIMEOUT, Settings.FORWARDED);
        assertThat(settings(defaults)).isEqualTo(settings(Map.of()));
    }

    private static Settings settings(Map<String, String> values) {
        return Settings.from(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build());
    }
}

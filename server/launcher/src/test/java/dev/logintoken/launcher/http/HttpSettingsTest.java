package dev.logintoken.launcher.http;

import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class HttpSettingsTest {

    @Test
    void nothingNeedsToBeSet() {
        assertThat(settings(Map.of()))
                .isEqualTo(new HttpSettings("127.0.0.1", 8080, "/", Duration.ofSeconds(10), false));
    }

    @Test
    void everyKeyIsRead() {
        assertThat(settings(Map.of(
                        "logintoken.http.host", "::1",
                        "logintoken.http.port", "0",
                        "logintoken.http.context-path", "/a/b",
                        "logintoken.http.stop-timeout", "300",
                        "logintoken.http.forwarded", "true")))
                .isEqualTo(new HttpSettings("::1", 0, "/a/b", Duration.ofMinutes(5), true));
    }

    @ParameterizedTest
    @CsvSource({
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
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        key + " must be " + allowed + ", not '" + value + "' (set by system property " + key + ").");
    }

    private static HttpSettings settings(Map<String, String> values) {
        return HttpSettings.from(Values.of(values));
    }
}

package dev.logintoken.server.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class SettingsTest {

    private static final String KEY = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);

    @Test
    void nothingNeedsToBeSet() {
        Settings settings = settings(Map.of());
        assertThat(settings.ttl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.database()).isEmpty();
        assertThat(settings.sandbox()).isEmpty();
        assertThat(settings.sandboxRemote()).isFalse();
        assertThat(settings.keys()).isEmpty();
    }

    @Test
    void everyKeyIsRead() {
        Settings settings = settings(Map.of(
                "logintoken.ttl", "30",
                "logintoken.db.url", "jdbc:h2:mem:x",
                "logintoken.db.user", "sa",
                "logintoken.db.password", "secret",
                "logintoken.sandbox", "false",
                "logintoken.sandbox.remote", "true",
                "logintoken.keys.jwt", KEY,
                "logintoken.keys.login-token", KEY));
        assertThat(settings.ttl()).isEqualTo(Duration.ofSeconds(30));
        Settings.Database database = settings.database().orElseThrow();
        assertThat(database.url()).isEqualTo("jdbc:h2:mem:x");
        assertThat(database.user()).contains("sa");
        assertThat(database.password()).contains("secret");
        assertThat(settings.sandbox()).contains(false);
        assertThat(settings.sandboxRemote()).isTrue();
        assertThat(settings.keys().orElseThrow().jwt()).hasSize(32);
    }

    @ParameterizedTest
    @CsvSource({
        "logintoken.ttl, 29, whole seconds from 30 to 3600",
        "logintoken.ttl, 3601, whole seconds from 30 to 3600",
        "logintoken.ttl, PT5M, whole seconds from 30 to 3600",
        "logintoken.sandbox, yes, true or false",
        "logintoken.sandbox.remote, 1, true or false",
        "logintoken.keys.jwt, c2hvcnQ, 32 random bytes in base64url without padding",
        "logintoken.keys.login-token, not/base64url, 32 random bytes in base64url without padding",
    })
    void aBadValueIsRefusedByItsKeyAndSourceAndNotRepeated(String key, String value, String allowed) {
        assertThatThrownBy(() -> settings(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(key + " must be " + allowed + " (set by PropertiesConfigSource[source=test]).");
    }

    @Test
    void secretsDoNotShow() {
        Settings settings = settings(Map.of(
                "logintoken.db.url",
                "jdbc:h2:mem:x",
                "logintoken.db.password",
                "hunter2",
                "logintoken.keys.jwt",
                KEY,
                "logintoken.keys.login-token",
                KEY));
        assertThat(settings.toString()).doesNotContain("hunter2").doesNotContain(KEY);
    }

    private static Settings settings(Map<String, String> values) {
        return Settings.from(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build());
    }
}

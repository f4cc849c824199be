package dev.logintoken.server.config;

import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.Values;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ServerSettingsTest {

    private static final String KEY = "HwJ-J3zezptI_xF6ql0IoyM8cRdMV09yhMeZ-1NTrgo";

    @Test
    void nothingNeedsToBeSet() {
        ServerSettings settings = settings(Map.of());
        assertThat(settings.ttl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.database()).isEmpty();
        assertThat(settings.callers()).isEqualTo(new ServerSettings.Callers(false, Set.of(), Set.of()));
        assertThat(settings.jsonLog()).isFalse();
        assertThat(settings.auditRetention()).isEqualTo(Duration.ofDays(400));
        assertThat(settings.keys()).isEqualTo(new ServerSettings.Keys(Optional.empty(), Optional.empty()));
        assertThat(settings.limits())
                .isEqualTo(new ServerSettings.Limits(
                        10, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30)));
    }

    @Test
    void everyKeyIsRead() {
        ServerSettings settings = settings(Map.of(
                "logintoken.ttl", "30",
                "logintoken.db.url", "jdbc:h2:mem:x",
                "logintoken.db.user", "sa",
                "logintoken.db.password", "secret",
                "logintoken.sandbox.remote", "true",
                "logintoken.sandbox.hosts", "Dev.example, login-token",
                "logintoken.sandbox.origins", "http://localhost:5173,https://App.test",
                "logintoken.log.json", "true",
                "logintoken.audit.retention", "0",
                "logintoken.keys.master", KEY));
        assertThat(settings.ttl()).isEqualTo(Duration.ofSeconds(30));
        ServerSettings.Database database = settings.database().orElseThrow();
        assertThat(database.url()).isEqualTo("jdbc:h2:mem:x");
        assertThat(database.user()).contains("sa");
        assertThat(database.password()).contains("secret");
        assertThat(settings.callers())
                .isEqualTo(new ServerSettings.Callers(
                        true,
                        Set.of("dev.example", "login-token"),
                        Set.of("http://localhost:5173", "https://app.test")));
        assertThat(settings.jsonLog()).isTrue();
        assertThat(settings.auditRetention()).isZero();
        assertThat(settings.keys().master().orElseThrow()).hasSize(32);
        assertThat(settings.keys().file()).isEmpty();
    }

    @Test
    void everyLimitIsRead() {
        assertThat(settings(Map.of(
                                "logintoken.db.pool-size", "2",
                                "logintoken.db.connection-timeout", "2",
                                "logintoken.db.statement-timeout", "3",
                                "logintoken.db.start-timeout", "0"))
                        .limits())
                .isEqualTo(new ServerSettings.Limits(2, Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ZERO));
    }

    @Test
    void theKeysAreInOnePlace() {
        assertThat(settings(Map.of("logintoken.keys.file", "keys.json")).keys().file())
                .contains(Path.of("keys.json"));
        assertThatThrownBy(() -> settings(Map.of("logintoken.keys.master", KEY, "logintoken.keys.file", "keys.json")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("logintoken.keys.master and logintoken.keys.file are both set: remove one of them.");
    }

    @Test
    void secretsDoNotShow() {
        ServerSettings settings = settings(Map.of(
                "logintoken.db.url",
                "jdbc:h2:mem:x",
                "logintoken.db.password",
                "hunter2",
                "logintoken.keys.master",
                KEY));
        assertThat(settings.toString()).doesNotContain("hunter2").doesNotContain(KEY);
    }

    private static ServerSettings settings(Map<String, String> values) {
        return ServerSettings.from(Values.of(values));
    }
}

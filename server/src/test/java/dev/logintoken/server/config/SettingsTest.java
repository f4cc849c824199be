package dev.logintoken.server.config;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
        assertThat(settings.jsonLog()).isFalse();
        assertThat(settings.auditRetention()).isEqualTo(Duration.ofDays(400));
        assertThat(settings.keys()).isEqualTo(new Settings.Keys(Optional.empty(), Optional.empty()));
        assertThat(settings.limits())
                .isEqualTo(
                        new Settings.Limits(10, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30)));
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
                "logintoken.log.json", "true",
                "logintoken.audit.retention", "0",
                "logintoken.keys.master", KEY));
        assertThat(settings.ttl()).isEqualTo(Duration.ofSeconds(30));
        Settings.Database database = settings.database().orElseThrow();
        assertThat(database.url()).isEqualTo("jdbc:h2:mem:x");
        assertThat(database.user()).contains("sa");
        assertThat(database.password()).contains("secret");
        assertThat(settings.sandbox()).contains(false);
        assertThat(settings.sandboxRemote()).isTrue();
        assertThat(settings.jsonLog()).isTrue();
        assertThat(settings.auditRetention()).isZero();
        assertThat(settings.keys().master().orElseThrow()).hasSize(32);
        assertThat(settings.keys().file()).isEmpty();
    }

    @Test
    void everyLimitIsRead() {
        assertThat(settings(Map.of(
                                "logintoken.db.pool-size", "1",
                                "logintoken.db.connection-timeout", "2",
                                "logintoken.db.statement-timeout", "3",
                                "logintoken.db.start-timeout", "0"))
                        .limits())
                .isEqualTo(new Settings.Limits(1, Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({
        "logintoken.ttl, 29, whole seconds from 30 to 3600",
        "logintoken.ttl, 3601, whole seconds from 30 to 3600",
        "logintoken.ttl, PT5M, whole seconds from 30 to 3600",
        "logintoken.db.pool-size, 0, a whole number from 1 to 1000",
        "logintoken.audit.retention, 3651, whole days from 0 to 3650",
        "logintoken.db.statement-timeout, 5s, whole seconds from 1 to 300",
        "logintoken.sandbox, yes, true or false",
        "logintoken.sandbox.remote, 1, true or false",
        "logintoken.keys.master, c2hvcnQ, 32 random bytes in base64url without padding",
        "logintoken.keys.master, not/base64url, 32 random bytes in base64url without padding",
    })
    void aBadValueIsRefusedByItsKeyAndSourceAndNotRepeated(String key, String value, String allowed) {
        assertThatThrownBy(() -> settings(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(key + " must be " + allowed + " (set by PropertiesConfigSource[source=test]).");
    }

    @Test
    void theKeysAreInOnePlace() {
        assertThat(settings(Map.of("logintoken.keys.file", "keys.json")).keys().file())
                .contains(Path.of("keys.json"));
        assertThatThrownBy(() -> settings(Map.of("logintoken.keys.master", KEY, "logintoken.keys.file", "keys.json")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Two places for keys: set either logintoken.keys.master or logintoken.keys.file.");
    }

    @Test
    void theReadmeListsTheKeysThatAreRead() throws IOException {
        Set<String> read = new TreeSet<>();
        ConfigSource listener = new ConfigSource() {
            @Override
            public String getName() {
                return "listener";
            }

            @Override
            public Set<String> getPropertyNames() {
                return Set.of();
            }

            @Override
            public @Nullable String getValue(String key) {
                read.add(key);
                return key.equals("logintoken.db.url") ? "jdbc:h2:mem:x" : null;
            }
        };
        Settings.from(new SmallRyeConfigBuilder().withSources(listener).build());
        read.removeIf(key -> !key.startsWith("logintoken."));
        assertThat(readme()).extracting(Row::key).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void theReadmesDefaultsAreTheCodes() throws IOException {
        Map<String, String> defaults = new HashMap<>();
        for (Row row : readme()) {
            if (row.standard().matches("`[^`]+`")) {
                defaults.put(row.key(), row.standard().replace("`", ""));
            }
        }
        assertThat(defaults).hasSizeGreaterThan(5);
        assertThat(settings(defaults)).isEqualTo(settings(Map.of()));
    }

    @Test
    void theReadmesRangesAreTheCodes() throws IOException {
        int ranges = 0;
        for (Row row : readme()) {
            Matcher range = Pattern.compile("(\\d+) to (\\d+)").matcher(row.unit());
            if (range.find()) {
                ranges++;
                int min = Integer.parseInt(range.group(1));
                int max = Integer.parseInt(range.group(2));
                settings(Map.of(row.key(), Integer.toString(min)));
                settings(Map.of(row.key(), Integer.toString(max)));
                for (int outside : new int[] {min - 1, max + 1}) {
                    assertThatThrownBy(() -> settings(Map.of(row.key(), Integer.toString(outside))))
                            .hasMessageContaining(row.key());
                }
            }
        }
        assertThat(ranges).isEqualTo(6);
    }

    @Test
    void theEnvironmentSpellsAKeyInItsOwnWay() {
        assertThatThrownBy(() -> Settings.from(new SmallRyeConfigBuilder()
                        .withSources(new EnvConfigSource(Map.of("LOGINTOKEN_DB_POOL_SIZE", "none"), 300))
                        .build()))
                .hasMessage("logintoken.db.pool-size must be a whole number from 1 to 1000 (set by EnvConfigSource).");
    }

    @Test
    void secretsDoNotShow() {
        Settings settings = settings(Map.of(
                "logintoken.db.url",
                "jdbc:h2:mem:x",
                "logintoken.db.password",
                "hunter2",
                "logintoken.keys.master",
                KEY));
        assertThat(settings.toString()).doesNotContain("hunter2").doesNotContain(KEY);
    }

    /** A line of the README's table of settings; those of the launcher are its own concern. */
    private record Row(String key, String standard, String unit) {}

    private static List<Row> readme() throws IOException {
        return Pattern.compile(
                        "^\\| `(logintoken\\.(?!http\\.)[a-z.-]+)` \\| ([^|]+) \\| ([^|]+) \\|", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(row -> new Row(row.group(1), row.group(2), row.group(3)))
                .toList();
    }

    private static Settings settings(Map<String, String> values) {
        return Settings.from(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build());
    }
}

package dev.logintoken.server.config;

import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests which mode follows from the settings, and which settings a sandbox refuses. */
final class ModeChoiceTest {

    private static final String KEY = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA";

    @ParameterizedTest
    @CsvSource({
        "'', false, true, true",
        "logintoken.db.url=jdbc:h2:mem:x, false, true, false",
        "'', true, true, false",
        "logintoken.sandbox=true, true, false, true",
        "logintoken.sandbox=true logintoken.db.url=jdbc:h2:mem:x, false, false, true",
        "logintoken.sandbox=false logintoken.db.url=jdbc:h2:mem:x, false, true, false",
        "logintoken.sandbox=true logintoken.website.base-url=https://x.example, false, true, true",
        "logintoken.sandbox=true logintoken.db.url=jdbc:h2:mem:x logintoken.db.user=sa, false, true, true",
        "logintoken.db.user=sa, true, false, false",
    })
    void aNodeIsASandboxIfItIsAskedForOrHasNoDatabase(
            String settings, boolean bound, boolean byDefault, boolean sandbox) {
        assertThat(ModeChoice.isSandbox(values(settings), bound, byDefault)).isEqualTo(sandbox);
    }

    @ParameterizedTest
    @CsvSource({
        "logintoken.db.user=sa",
        "logintoken.db.password=hunter2",
        "logintoken.keys.master=" + KEY,
        "logintoken.keys.file=keys.json",
        "logintoken.website.base-url=https://x.example",
        "logintoken.sandbox=true logintoken.db.user=sa",
        "logintoken.sandbox=true logintoken.keys.master=" + KEY,
        "logintoken.sandbox=true logintoken.db.url=jdbc:h2:mem:x logintoken.keys.file=keys.json",
    })
    void aSandboxIsRefusedBesideWhatOnlyProductionHas(String settings) {
        String[] all = settings.split("[ =]");
        String culprit = all[all.length - 2];
        assertThatThrownBy(() -> ModeChoice.isSandbox(values(settings), false, true))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(culprit + " ")
                .hasMessageEndingWith("(set by system property " + culprit + ").")
                .message()
                .doesNotContain(KEY, "hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "logintoken.db.user=sa", "logintoken.sandbox=false"})
    void aContainerWithoutADatabaseIsTold(String settings) {
        assertThatThrownBy(() -> ModeChoice.isSandbox(values(settings), false, false))
                .hasMessageContainingAll("jdbc/loginToken", "logintoken.db.url", "logintoken.sandbox");
    }

    @Test
    void theLineSaysWhatToDo() {
        assertThatThrownBy(() -> ModeChoice.isSandbox(values("logintoken.keys.file=keys.json"), false, true))
                .hasMessage("logintoken.keys.file is for production, which needs a database: set logintoken.db.url too,"
                        + " or remove logintoken.keys.file (set by system property logintoken.keys.file).");
    }

    private static Values values(String settings) {
        Map<String, String> values = new HashMap<>();
        for (String setting : settings.isEmpty() ? new String[0] : settings.split(" ")) {
            String[] keyAndValue = setting.split("=", 2);
            values.put(keyAndValue[0], keyAndValue[1]);
        }
        return Values.of(values);
    }
}

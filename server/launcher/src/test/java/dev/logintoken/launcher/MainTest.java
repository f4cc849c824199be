package dev.logintoken.launcher;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.DataInputStream;
import java.io.InputStream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

final class MainTest {

    private static final int MAGIC_AND_MINOR_VERSION = 6;
    private static final int JAVA_8 = 52;

    @ParameterizedTest
    @ValueSource(strings = {"1.8", "9", "11", "16"})
    void anOlderJavaIsToldWhichIsNeeded(String version) {
        assertThat(Main.refusal(version, "/opt/java"))
                .contains("It needs Java 17 or newer, and this is Java " + version + " in /opt/java.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "25"})
    void aJavaIsEnoughFrom17On(String version) {
        assertThat(Main.refusal(version, "/opt/java")).isEmpty();
    }

    @Test
    void java8CanReadTheClass() throws Exception {
        try (InputStream content = requireNonNull(Main.class.getResourceAsStream("Main.class"));
                DataInputStream file = new DataInputStream(content)) {
            file.skipNBytes(MAGIC_AND_MINOR_VERSION);
            assertThat(file.readUnsignedShort()).isEqualTo(JAVA_8);
        }
    }
}

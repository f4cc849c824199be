package dev.logintoken.launcher;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.DataInputStream;
import java.io.InputStream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

final class MainTest {

    private static final int MAGIC_AND_MINOR_VERSION = 6;
    private static final int JAVA_8 = 52;

    @ParameterizedTest
    @CsvSource({"1.8, false", "9, false", "11, false", "16, false", "17, true", "25, true"})
    void aJavaIsEnoughFrom17On(String version, boolean enough) {
        assertThat(Main.isEnough(version)).isEqualTo(enough);
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

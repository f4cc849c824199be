package dev.logintoken.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class WholeNumberTest {

    @Test
    void asciiDigitsAreANumber() {
        assertThat(WholeNumber.parse("-301")).isEqualTo(-301);
        assertThat(WholeNumber.parse("08")).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+1", " 1", "1.0", "0x1", "١", "1٢", "１", "9223372036854775808"})
    void anythingElseIsNot(String text) {
        assertThatThrownBy(() -> WholeNumber.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

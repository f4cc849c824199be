package dev.logintoken.server.control;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads the header Prefer as RFC 7240 writes it. */
final class PreferencesTest {

    @Test
    void namesHaveNoCaseAndValuesMayBeQuoted() {
        assertThat(Preferences.of(List.of("CODE = \"400\"; note=x, Example=ER705")))
                .isEqualTo(new Preferences(Optional.of("400"), List.of("ER705")));
    }

    @Test
    void ofAPreferenceThatComesTwiceTheFirstCounts() {
        assertThat(Preferences.of(List.of("code=400, code=500", "code=503")).code())
                .contains("400");
    }

    @Test
    void examplesAreSeparatedBySpacesOrCommas() {
        assertThat(Preferences.of(List.of("example=\" ER1, ER2 ER3\"")).examples())
                .containsExactly("ER1", "ER2", "ER3");
    }

    @Test
    void aCodeOrAnExampleNamesAnAnswer() {
        assertThat(Preferences.of(List.of("code=400")).nameAnAnswer()).isTrue();
        assertThat(Preferences.of(List.of("example=ER705")).nameAnAnswer()).isTrue();
        assertThat(Preferences.of(List.of("respond-async")).nameAnAnswer()).isFalse();
        assertThat(Preferences.of(List.of()).nameAnAnswer()).isFalse();
    }

    @Test
    void withoutACodeEachStatusIsAllowed() {
        assertThat(Preferences.of(List.of("example=ER705")).allow(400)).isTrue();
        assertThat(Preferences.of(List.of("code=400")).allow(400)).isTrue();
        assertThat(Preferences.of(List.of("code=400")).allow(500)).isFalse();
    }
}

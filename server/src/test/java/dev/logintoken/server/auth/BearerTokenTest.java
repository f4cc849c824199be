package dev.logintoken.server.auth;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

final class BearerTokenTest {

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "bearer abc", "BEARER   abc", " \tBearer abc\t ", "Bearer \tabc"})
    void theSchemeHasAnyCaseAndBlanksDoNotCount(String value) {
        assertThat(BearerToken.in(value)).contains("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "abc", "Bearer", "Bearer ", "Bearer \t ", "Bearerabc", "Bearer\tabc", "Basic abc"})
    void anythingElseHoldsNoToken(String value) {
        assertThat(BearerToken.in(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u00A0b", "a b", "\u00A0", "\n"})
    void onlySpacesAndTabsAroundAValueAreNotPartOfIt(String value) {
        assertThat(BearerToken.trim(" \t" + value + "\t ")).isEqualTo(value);
    }
}

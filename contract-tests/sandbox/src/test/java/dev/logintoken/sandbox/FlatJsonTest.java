package dev.logintoken.sandbox;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

final class FlatJsonTest {

    @Test
    void textsAreReadWithTheirEscapes() {
        assertThat(FlatJson.members("{\"a\" : \"x\\\"y\\\\z\", \"b\":\"\\u00e9\\n$1\", \"c\":{}}"))
                .isEqualTo(Map.of("a", "x\"y\\z", "b", "é\n$1"));
        assertThat(FlatJson.members("{}")).isEmpty();
    }

    @Test
    void elementsAreReadInTheirOrder() {
        assertThat(FlatJson.elements("{\"states\":[\"a user\",\"a \\\"b\\\", c\"]}"))
                .containsExactly("a user", "a \"b\", c");
    }
}

package dev.logintoken.server.contract;

import jakarta.ws.rs.core.EntityTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

final class EntityTagsTest {

    private static final EntityTag CURRENT = new EntityTag("current");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"current\"",
                "W/\"current\"",
                "*",
                " \"current\" ",
                "\"a\",\"current\" , W/\"b,c\"",
                "\"current\",,"
            })
    void theCurrentTagMatches(String header) {
        assertThat(EntityTags.match(header, CURRENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"another\"", "\"a,\"", "\"Current\"", "W/\"another\""})
    void anotherTagDoesNot(String header) {
        assertThat(EntityTags.match(header, CURRENT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "current",
                "\"current",
                "\"current\" x",
                "\"a\" \"current\"",
                "w/\"current\"",
                "*, \"current\"",
                "\""
            })
    void aMalformedHeaderMatchesNothing(String header) {
        assertThat(EntityTags.match(header, CURRENT)).isFalse();
    }

    @Test
    void anAbsentHeaderMatchesNothing() {
        assertThat(EntityTags.match(null, CURRENT)).isFalse();
    }
}

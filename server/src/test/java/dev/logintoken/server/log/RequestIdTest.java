package dev.logintoken.server.log;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

final class RequestIdTest {

    private static final String SIXTY_FOUR = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789--";

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "-", SIXTY_FOUR})
    void aCallersHarmlessIdIsKept(String given) {
        assertThat(RequestId.of(given)).isEqualTo(given);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", SIXTY_FOUR + "x", "a b", "a\nb", "é", "a.b"})
    void anyOtherIsReplacedByAFreshOne(@Nullable String given) {
        assertThat(UUID.fromString(RequestId.of(given))).isNotEqualTo(UUID.fromString(RequestId.of(given)));
    }

    @Test
    void aFreshIdIsARandomUuid() {
        assertThat(Stream.generate(() -> UUID.fromString(RequestId.of(null))).limit(100))
                .allMatch(id -> id.version() == 4 && id.variant() == 2)
                .doesNotHaveDuplicates();
    }
}

package dev.logintoken.server.testrun;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

final class MaskingTest {

    private static final int LENGTH = 16 * 1024;

    @Test
    void masksEachFieldWithASecret() {
        assertThat(Masking.text("{\"a\":\"b\",\"password\":\"p\\\"q\",\"refreshToken\" : \"r\",'my_secret':s}"))
                .isEqualTo("{\"a\":\"b\",\"password\":\"(masked)\",\"refreshToken\" : \"(masked)\","
                        + "'my_secret':\"(masked)\"}");
        assertThat(Masking.text("/app/linked?verifier=v1-_&identifier=i&1token=t&x-api-key=k"))
                .isEqualTo("/app/linked?verifier=\"(masked)\"&identifier=i&1token=\"(masked)\"&x-api-key=\"(masked)\"");
    }

    @Test
    void masksASignedTokenAnywhere() {
        assertThat(Masking.text("a=eyJhbGciOi.eyJzdWIiOi.5-rBj3Pf_odQ&b=www.example.com"))
                .isEqualTo("a=(masked)&b=www.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "aaaaaaaa.", "token", "token ", "token=", "\"token\":\"", "password\\", "-", "api-key"})
    void aLongTextIsReadAFewTimesOnly(String part) {
        Counted text = new Counted(part.repeat(LENGTH / part.length()), new AtomicLong());
        Masking.text(text);
        assertThat(text.reads.get()).isLessThan(100L * LENGTH);
    }

    /** A text that counts how often its characters are read. */
    private record Counted(String text, AtomicLong reads) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads.incrementAndGet();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}

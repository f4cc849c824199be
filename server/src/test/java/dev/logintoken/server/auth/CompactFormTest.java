package dev.logintoken.server.auth;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

final class CompactFormTest {

    @ParameterizedTest
    @ValueSource(strings = {"AAAA.AAAA.AAAA", "AA.AAA.AAAA", "AQ.AAE.zZ09-_AA", "__-_.ABCw.AA"})
    void theOneSpellingIsAccepted(String token) {
        assertThat(CompactForm.isCanonical(token)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "AAAA",
                "AAAA.AAAA",
                "AAAA.AAAA.",
                ".AAAA.AAAA",
                "AAAA..AAAA",
                "AAAA.AAAA.AAAA.AAAA",
                "AAAA.AAAA.AAAA.",
                "A.AAAA.AAAA",
                "AAAA.AAAA.AAAAA",
                "AB.AAAA.AAAA",
                "AI.AAAA.AAAA",
                "AAB.AAAA.AAAA",
                "AAC.AAAA.AAAA",
                "AAAA.AAAA.AA==",
                "AAAA.AAAA.AAA=",
                "AA+A.AAAA.AAAA",
                "AA/A.AAAA.AAAA",
                "AAAA.AAAA.AAA ",
                "AAAA.AAAA.AAA\"",
            })
    void anyOtherIsNot(String token) {
        assertThat(CompactForm.isCanonical(token)).isFalse();
    }
}

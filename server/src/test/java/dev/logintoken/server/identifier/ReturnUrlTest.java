package dev.logintoken.server.identifier;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The partner's URL is returned unchanged, except for one verifier. */
final class ReturnUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, https://app.example.com?verifier=v",
        "https://app.example.com/linked, https://app.example.com/linked?verifier=v",
        "https://app.example.com/linked?, https://app.example.com/linked?verifier=v",
        "https://app.example.com/?linked, https://app.example.com/?linked&verifier=v",
        "https://app.example.com/?a=%2F&b=c%20d&&a=, https://app.example.com/?a=%2F&b=c%20d&&a=&verifier=v",
        "https://app.example.com/#/linked?tab=1, https://app.example.com/?verifier=v#/linked?tab=1",
        "https://app.example.com/?a=1#top, https://app.example.com/?a=1&verifier=v#top",
        "https://app.example.com/?verifier=theirs&a=1&verifier, https://app.example.com/?a=1&verifier=v",
        "https://app.example.com/?%76erifier=theirs&%56erifier&verifie%72, https://app.example.com/?%56erifier&verifier=v",
        "https://app.example.com/?verifiers=1, https://app.example.com/?verifiers=1&verifier=v",
        "https://app.example.com/?back=/x?verifier=1, https://app.example.com/?back=/x?verifier=1&verifier=v",
    })
    void aVerifierIsAdded(String url, String with) {
        assertThat(ReturnUrl.withParameter(url, "verifier", "v")).isEqualTo(with);
    }
}

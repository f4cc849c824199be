package dev.logintoken.server.identifier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A user returns to a registered origin of the partner and nowhere else. */
final class ReturnUrlsTest {

    private static final List<String> ORIGINS = List.of("https://app.example.com", "http://localhost:3000");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com",
                "https://app.example.com/linked?a=b#top",
                "HTTPS://APP.EXAMPLE.COM/linked",
                "http://localhost:3000/",
            })
    void aRegisteredOriginIsAllowed(String url) {
        assertThat(ReturnUrls.allowed(url, ORIGINS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com:8443/linked",
                "http://app.example.com/linked",
                "https://app.example.com.evil.example/",
                "https://user@app.example.com/",
                "https://app.example.com/\u00e4",
                "https://app.example.com/ space",
                "https://app.example.com/\\evil",
                "http://localhost/",
                "http://localhost:3001/",
                "/linked",
                "//app.example.com/",
                "",
            })
    void anyOtherIsNot(String url) {
        assertThat(ReturnUrls.allowed(url, ORIGINS)).isFalse();
    }

    @Test
    void aStarAllowsEachOriginOfTheWebAndNothingElse() {
        assertThat(ReturnUrls.allowed("https://anywhere.example/", List.of("*")))
                .isTrue();
        assertThat(ReturnUrls.allowed("javascript:alert(1)", List.of("*"))).isFalse();
        assertThat(ReturnUrls.allowed("ftp://anywhere.example/", List.of("*"))).isFalse();
        assertThat(ReturnUrls.allowed("https://anywhere.example/\u00e4", List.of("*")))
                .isFalse();
    }
}

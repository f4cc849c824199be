package dev.logintoken.server.http;

import org.glassfish.jersey.message.internal.HttpHeaderReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.text.ParseException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

final class AcceptFilterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;q=0",
                "Application/JSON; Q=0.000",
                "application/*;q=0",
                "*/*;q=0.",
                "*/*, application/json;q=0",
                "application/json;q=0.0, application/*",
                "text/html, */*;q=0",
            })
    void aQualityOfZeroExcludes(String accept) throws ParseException {
        assertThat(excludesJson(accept)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/json;q=0.001",
                "application/json, */*;q=0",
                "application/*;q=0, application/json;q=0.5",
                "text/html;q=0, */*",
            })
    void anyOtherQualityDoesNot(String accept) throws ParseException {
        assertThat(excludesJson(accept)).isFalse();
    }

    private static boolean excludesJson(String accept) throws ParseException {
        return AcceptFilter.excludesJson(List.copyOf(HttpHeaderReader.readAcceptMediaType(accept)));
    }
}

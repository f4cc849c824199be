package dev.logintoken.launcher;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which headers of a proxy {@code java -jar} believes. */
final class ProxyHeadersIT extends LaunchedWar {

    @Test
    void aProxyIsBelievedOnlyIfItWasAskedFor() throws Exception {
        String request = """
                GET /caller?name=x HTTP/1.1\r
                Host: x\r
                X-Forwarded-For: 192.0.2.7\r
                X-Forwarded-Proto: https\r
                Connection: close\r
                \r
                """;
        assertThat(raw(start(), request)).endsWith("http://x/caller 127.0.0.1");
        endTheProcess();
        assertThat(raw(start("-Dlogintoken.http.forwarded=true"), request)).endsWith("https://x/caller 192.0.2.7");
    }

    @Test
    void ofAProxyThreeHeadersAreReadAndNoOther() throws Exception {
        String url = start("-Dlogintoken.http.forwarded=true");
        assertThat(caller(url, "X-Forwarded-Host: www.example.com", "X-Forwarded-For: [2001:db8::1]:80"))
                .endsWith("http://www.example.com/caller [2001:db8::1]");
        for (String other : List.of(
                "X-Forwarded-Port: 1234",
                "X-Forwarded-Server: evil.example",
                "X-Proxied-Https: on",
                "Proxy-auth-cert: x",
                "Proxy-ssl-id: x",
                "Forwarded: for=192.0.2.7;host=evil.example;proto=https")) {
            assertThat(caller(url, other)).as(other).endsWith("http://x/caller 127.0.0.1");
        }
    }

    @Test
    void aProxyThatPassesOnWhatACallerSentIsNotBelieved() throws Exception {
        String url = start("-Dlogintoken.http.forwarded=true");
        for (String header : List.of(
                "X-Forwarded-For: localhost",
                "X-Forwarded-For: evil.example",
                "X-Forwarded-For: 192.0.2.7, 192.0.2.8",
                "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-For: 192.0.2.8",
                "X-Forwarded-For: 192.0.2.256",
                "X-Forwarded-For: 1",
                "X-Forwarded-For: 1::2::3",
                "X-Forwarded-For: unknown",
                "X-Forwarded-For: " + ":".repeat(15_000) + "x", // Slow to match as a pattern of three parts.
                "X-Forwarded-Proto: a b",
                "X-Forwarded-Proto: ftp",
                "X-Forwarded-Host: a b",
                "X-Forwarded-Host: a/b",
                "X-Forwarded-Host: a:b",
                "X-Forwarded-Host: a:99999")) {
            assertThat(caller(url, header))
                    .as(header)
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("\r\n\r\n" + GENERAL_ERROR);
        }
    }

    private static String caller(String url, String... headers) throws IOException {
        return raw(
                url,
                "GET /caller?name=x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + String.join("\r\n", headers)
                        + "\r\n\r\n");
    }
}

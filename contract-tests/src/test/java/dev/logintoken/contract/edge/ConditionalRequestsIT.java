package dev.logintoken.contract.edge;

import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.contract.service.RawRequest;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Conditional requests: a caller that has the current answer gets 304, and a malformed condition is ignored. */
final class ConditionalRequestsIT {

    private static final String SYSTEM_INFO = "GET /api/v1/system/info";
    private static final String KEY = "X-Api-Key: sandbox-api-key";

    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.shared();

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "a b", "\u00ff", "W/", "\"", "-1", "\"a\" \"b\"", ";q=9"})
    void aMalformedConditionIsIgnored(String tag) throws Exception {
        for (String header : List.of("If-None-Match: ", "If-Match: ", "If-Modified-Since: ", "If-Unmodified-Since: ")) {
            assertThat(send(SYSTEM_INFO, "", KEY, header + tag).status()).isEqualTo(200);
            assertThat(send("GET /assets/page.css", "", header + tag).status()).isEqualTo(200);
        }
    }

    @Test
    void whoHasTheCurrentAnswerIsToldSoAndIfMatchIsIgnored() throws Exception {
        for (String line : List.of(SYSTEM_INFO, "GET /assets/page.css")) {
            String tag = send(line, "", KEY).header("ETag").orElseThrow();
            for (String known : List.of(tag, "W/" + tag, "\"another\", " + tag, "*")) {
                Exchange exchange = send(line, "", KEY, "If-None-Match: " + known);
                assertThat(exchange.status()).isEqualTo(304);
                assertThat(exchange.body()).isEmpty();
            }
            assertThat(send(line, "", KEY, "If-None-Match: \"another\"").status())
                    .isEqualTo(200);
            assertThat(send(line, "", KEY, "If-Match: \"another\"").status()).isEqualTo(200);
        }
    }

    private static Exchange send(String line, String body, String... headers) throws IOException {
        return RawRequest.send(SANDBOX.service().url(), line, body, headers);
    }
}

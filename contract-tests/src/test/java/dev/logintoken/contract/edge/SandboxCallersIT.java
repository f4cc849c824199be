package dev.logintoken.contract.edge;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.Nodes;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.contract.service.RawRequest;
import dev.logintoken.contract.service.Service;
import dev.logintoken.kit.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Whom the sandbox serves: the developer on whose machine it runs, and no web page or proxy there. */
final class SandboxCallersIT {

    private static final String STATES = "POST /_pact/provider-states";
    private static final String JSON = "Content-Type: application/json";
    private static final String CLOCK = "{\"state\": \"the clock is ahead\", \"params\": {\"seconds\": \"%s\"}}";

    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension("-Dlogintoken.sandbox.hosts=dev.example, login-token");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:80",
                "a.localhost",
                "127.0.0.1:8080",
                "[::1]",
                "dev.example",
                "login-token:80"
            })
    void itAnswersToLoopbackNamesAndToThoseOfTheSetting(String host) throws Exception {
        assertThat(status("GET /", "", "Host: " + host)).isEqualTo(200);
    }

    /** A page of such a name may have had it point to this machine. */
    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.0.2.1", "[2001:db8::1]"
            })
    void itAnswersToNoOtherName(String host) throws Exception {
        for (String line : List.of("GET /", STATES, "GET /api/v1/system/info", "GET /health/live")) {
            assertThat(status(line, "", "Host: " + host)).as(line).isEqualTo(403);
        }
        String line = "its host name is '" + host + "'. logintoken.sandbox.hosts allows others";
        assertThat(SANDBOX.service().awaitLine(line)).contains(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-Proto: http",
                "X-Forwarded-Host: localhost",
                "x-forwarded-port: 80",
                "X-Real-IP: 127.0.0.1",
                "Forwarded: for=127.0.0.1",
                "Via: 1.1 proxy"
            })
    void whatAProxyForwardsIsNotOfThisMachine(String header) throws Exception {
        assertThat(status("GET /", "", header)).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void aPageOfAnotherSiteDoesNotReachTheProviderStates(String header) throws Exception {
        assertThat(status(STATES, "{}", JSON, header)).isEqualTo(403);
    }

    @Test
    void itsOwnPagesReachTheProviderStates() throws Exception {
        assertThat(status(STATES, "{}", JSON, "Sec-Fetch-Site: same-origin", "Origin: http://localhost"))
                .isEqualTo(200);
    }

    /** Unlike JSON, pages may send text across sites without asking. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "garbage"})
    void providerStatesTakeJsonOnly(String type) throws Exception {
        assertThat(status(STATES, "{}", "Content-Type: " + type)).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775807",
                "-9223372036854775808",
                "99999999999999999999",
                "1.5",
                "8640001",
                "+1",
                "x",
                ""
            })
    void aClockThatCannotBeSetIsRefusedInOneLine(String seconds) throws Exception {
        Exchange exchange = send(STATES, CLOCK.formatted(seconds), JSON);
        assertThat(exchange.status()).isEqualTo(400);
        assertThat(Api.field(exchange, "error"))
                .isEqualTo("The parameter 'seconds' of the provider state must be a whole number"
                        + " from -8640000 to 8640000, not '" + seconds + "'.");
        assertThat(status("GET /health/ready", "")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"8640000", "-8640000"})
    void theServiceWorksAtBothEndsOfTheClock(String seconds) throws Exception {
        try {
            assertThat(status(STATES, CLOCK.formatted(seconds), JSON)).isEqualTo(200);
            assertThat(status(
                            "GET " + Api.LOGIN_TOKEN,
                            "",
                            "X-Api-Key: " + Api.PARTNERS_KEY,
                            "User-Identifier: " + Api.ACTIVE_IDENTIFIER))
                    .isEqualTo(200);
        } finally {
            send(STATES, "{\"state\": \"the clock is ahead\", \"action\": \"teardown\"}", JSON);
        }
    }

    @Test
    void aUuidThatIsNoneIsRefusedInOneLine() throws Exception {
        Exchange exchange = send(
                STATES,
                "{\"state\": \"the documents of a user are reviewed\", \"params\": {\"uuid\": \"1-1-1-1-1\"}}",
                JSON);
        assertThat(exchange.status()).isEqualTo(400);
        assertThat(Api.field(exchange, "error"))
                .isEqualTo("The parameter 'uuid' of the provider state must be a UUID, not '1-1-1-1-1'.");
    }

    @Test
    void productionAnswersToAnyNameAndBehindAProxy() throws Exception {
        try (Service production = Service.startIn(
                directory,
                List.of(
                        "-Dlogintoken.db.url=jdbc:h2:mem:production",
                        "-Dlogintoken.keys.master=" + Nodes.MASTER,
                        "-Dlogintoken.website.base-url=https://www.example.com"))) {
            for (String header :
                    List.of("Host: www.example.com", "Host: 192.0.2.1", "X-Forwarded-For: 192.0.2.7", "Via: 1.1 x")) {
                assertThat(RawRequest.send(production.url(), "GET /", "", header)
                                .status())
                        .as(header)
                        .isEqualTo(200);
            }
            assertThat(RawRequest.send(production.url(), STATES, "{}", JSON).status())
                    .isEqualTo(404);
        }
    }

    private static int status(String line, String body, String... headers) throws IOException {
        return send(line, body, headers).status();
    }

    private static Exchange send(String line, String body, String... headers) throws IOException {
        return RawRequest.send(SANDBOX.service().url(), line, body, headers);
    }
}

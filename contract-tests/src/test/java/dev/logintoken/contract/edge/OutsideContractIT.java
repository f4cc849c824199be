package dev.logintoken.contract.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the spec does not describe is answered all the same: by the general error, never by a page of the container. */
final class OutsideContractIT {

    private static final String LOGIN_TOKEN = "/api/v1/user/login-token";

    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.shared();

    private final Spec spec = LoginTokenSpec.load();

    @ParameterizedTest
    @CsvSource({
        "GET, /assets/pom.xml, 404",
        "GET, /xx-yy/dashboard, 404",
        "POST, /docs, 405",
        "GET, /api, 404",
        "GET, /api/v1, 404",
        "GET, /api/v2/user/login-token, 404",
        "GET, /api/v1/user/login-token/more, 404",
        "GET, /API/V1/USER/LOGIN-TOKEN, 404",
        "GET, /application.wadl, 404",
        "GET, /WEB-INF/web.xml, 404",
        "GET, /dev/logintoken/launcher/Main.class, 404",
        "POST, /api/v1/user/login-token, 405",
        "PUT, /api/v1/user/login-token, 405",
        "DELETE, /api/v1/user/login-token, 405",
        "PATCH, /api/v1/user/login-token, 405",
        "TRACE, /api/v1/user/login-token, 405",
    })
    void answersTheGeneralError(String method, String path, int status) throws Exception {
        Exchange exchange = send(method, path);
        assertThat(exchange.status()).isEqualTo(status);
        assertGeneralError(exchange);
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() throws Exception {
        for (String path : List.of(LOGIN_TOKEN, "/api/v1/authenticate", "/docs")) {
            Exchange wrong = send("DELETE", path);
            assertThat(wrong.status()).isEqualTo(405);
            assertThat(wrong.header("Allow"))
                    .contains(path.endsWith("authenticate") ? "OPTIONS, POST" : "GET, HEAD, OPTIONS")
                    .isEqualTo(send("OPTIONS", path).header("Allow"));
        }
    }

    @Test
    void aClientThatTakesNoJsonGets406() throws Exception {
        for (String accept : List.of("text/html", "application/json;q=0", "application/json;q=0.0, */*")) {
            Exchange exchange = send("GET", LOGIN_TOKEN, "Accept", accept);
            assertThat(exchange.status()).isEqualTo(406);
            assertGeneralError(exchange);
        }
    }

    @Test
    void optionsTellsTheMethodsToAnybody() throws Exception {
        Exchange exchange = send("OPTIONS", LOGIN_TOKEN);
        assertThat(exchange.status()).isEqualTo(204);
        assertThat(exchange.header("Allow").orElseThrow().split(", ?")).contains("GET", "HEAD", "OPTIONS");
        assertThat(exchange.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void headIsGetWithoutABody() throws Exception {
        Exchange exchange = send(
                "HEAD",
                LOGIN_TOKEN,
                "X-Api-Key",
                "sandbox-api-key",
                "User-Identifier",
                "activeuser000000000000000000000000000000");
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.body()).isEmpty();
        assertThat(spec.faults(exchange)).isEmpty();
    }

    @Test
    void theSpecIsServedAsItIsAndAsJson() throws Exception {
        Exchange yaml = send("GET", "/openapi.yaml");
        assertThat(yaml.header("Content-Type")).contains("application/yaml");
        assertThat(yaml.body()).isEqualTo(Files.readString(Path.of("../spec/openapi.yaml")));
        Exchange json = send("GET", "/openapi.json");
        assertThat(json.header("Content-Type")).contains("application/json");
        assertThat(Spec.JSON.readTree(json.body())).isEqualTo(spec.document());
    }

    @Test
    void theCallersRequestIdComesBack() throws Exception {
        assertThat(send("GET", LOGIN_TOKEN, "X-Request-Id", "order-4711").header("X-Request-Id"))
                .contains("order-4711");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "with space",
                "quote\"",
                "<script>",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void aRequestIdThatCouldDoHarmIsReplaced(String id) throws Exception {
        assertThat(send("GET", LOGIN_TOKEN, "X-Request-Id", id).header("X-Request-Id"))
                .hasValueSatisfying(given -> assertThat(given).matches("[0-9a-f-]{36}"));
    }

    @Test
    void aRepeatedHeaderIsOneValue() throws Exception {
        Exchange exchange = send("GET", LOGIN_TOKEN, "X-Api-Key", "sandbox-api-key", "X-Api-Key", "sandbox-api-key");
        assertThat(Spec.JSON.readTree(exchange.body()).at("/errors").fieldNames())
                .toIterable()
                .containsExactly("ER803");
    }

    @Test
    void aHeaderThatIsTooLargeIsRefusedInJson() throws Exception {
        assertRawGeneralError(
                "GET " + LOGIN_TOKEN + " HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n", 431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/%00 HTTP/1.1", "GET /api/%zz HTTP/1.1", "GET /api/..%2f HTTP/1.1", "nonsense"})
    void aRequestThatCannotBeReadIsRefusedInJson(String line) throws Exception {
        assertRawGeneralError(line + "\r\nHost: x\r\nConnection: close\r\n\r\n", 400);
    }

    private static Exchange send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(SANDBOX.service().url() + path))
                .method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return Exchange.of(HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()));
    }

    private void assertGeneralError(Exchange exchange) throws Exception {
        assertThat(exchange.header("Content-Type")).contains("application/json");
        assertThat(exchange.header("Cache-Control")).contains("no-store");
        assertGeneralError(exchange.body());
    }

    private void assertGeneralError(String text) throws Exception {
        JsonNode body = Spec.JSON.readTree(text);
        assertThat(body.at("/errors").fieldNames()).toIterable().containsExactly("ER999");
        assertThat(spec.catalogFaults(body)).isEmpty();
    }

    private void assertRawGeneralError(String request, int status) throws Exception {
        try (Socket socket = new Socket(
                SANDBOX.service().url().getHost(), SANDBOX.service().url().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            socket.setSoTimeout(10_000);
            String response = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> parts = List.of(response.split("\r\n\r\n", 2));
            assertThat(parts.get(0))
                    .startsWith("HTTP/1.1 " + status)
                    .containsIgnoringCase("Content-Type: application/json");
            assertGeneralError(parts.get(1));
        }
    }
}

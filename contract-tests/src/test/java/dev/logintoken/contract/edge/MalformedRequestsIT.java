package dev.logintoken.contract.edge;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.SandboxExtension;
import dev.logintoken.contract.service.RawRequest;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers and bodies that are wrong in themselves. Each is answered in the words of the contract, has a line in the log,
 * and is counted.
 */
final class MalformedRequestsIT {

    private static final String AUTHENTICATE = "POST /api/v1/authenticate";
    private static final String BODY = "{\"username\": \"sandbox\", \"password\": \"sandbox-password\"}";
    private static final String SYSTEM_INFO = "GET /api/v1/system/info";
    private static final String KEY = "X-Api-Key: sandbox-api-key";
    private static final String IDENTIFIER = "User-Identifier: " + Api.ACTIVE_IDENTIFIER;
    private static final String JSON = "Content-Type: application/json";
    private static final String FORGED =
            "2026-01-01T00:00:00.000+0000 INFO dev.logintoken.audit: issued request=FORGED";

    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final Spec spec = LoginTokenSpec.load();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "",
                "/",
                "a, b",
                "json",
                "*/*",
                "\u00ff",
                "application/json; charset=",
                "application/json; charset=nonsense",
                "application/json; charset=\"utf-8",
                "application/json\r\nContent-Type: application/json",
                "text/html"
            })
    void aContentTypeThatIsNoneGets415(String type) throws Exception {
        assertGeneralError(send(AUTHENTICATE, BODY, "Content-Type: " + type), 415);
    }

    @Test
    void aContentTypeIsIgnoredWhereThereIsNoContent() throws Exception {
        assertThat(send("GET " + Api.LOGIN_TOKEN, "", KEY, IDENTIFIER, "Content-Type: garbage")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /api/v1/authenticate, application/json, 413",
        "POST /api/v1/authenticate, application/x-www-form-urlencoded, 415",
        "POST /_pact/provider-states, application/json, 413",
        "POST /en-gb/link/login, application/x-www-form-urlencoded, 413",
        "GET /docs, application/json, 200",
    })
    void aBodyThatIsDeclaredTooLongIsNotWaitedFor(String line, String type, int status) throws Exception {
        Exchange exchange =
                send(line, "", "Content-Type: " + type, "Content-Length: 20000", "Sec-Fetch-Site: same-origin");
        assertThat(exchange.status()).isEqualTo(status);
        if (line.equals(AUTHENTICATE) && status == 413) {
            assertThat(Api.codes(exchange)).containsExactly("ER901");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "gzip\r\nTransfer-Encoding: chunked", "xchunked, chunked"})
    void aTransferCodingThatIsUnknownGets501(String coding) throws Exception {
        assertGeneralError(send(AUTHENTICATE, "", JSON, "Transfer-Encoding: " + coding), 501);
    }

    @ParameterizedTest
    @ValueSource(strings = {",,,", "a/b/c", "*/*;q=x", "*/*;q=1.5", "*/*;q=-1", "/", "text/*;q=\"", "\u00ff"})
    void anAcceptThatCannotBeReadGets400(String accept) throws Exception {
        assertGeneralError(send("GET " + Api.LOGIN_TOKEN, "", KEY, IDENTIFIER, "Accept: " + accept), 400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /docs, Accept: a/b/c, 400",
        "GET /docs, Accept: application/json, 406",
        "GET /assets/page.css, 'Accept: ,,,', 400",
        "POST /en-gb/contact-support, Content-Type: garbage, 415",
        "POST /en-gb/contact-support, Content-Type: application/x-www-form-urlencoded; charset=utf-7, 415",
    })
    void aBrowserGetsAPage(String line, String header, int status) throws Exception {
        Exchange exchange = send(line, line.startsWith("POST") ? "token=x" : "", header);
        assertThat(exchange.status()).isEqualTo(status);
        assertThat(exchange.header("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(exchange.header("Content-Security-Policy")).isPresent();
        assertThat(exchange.body()).contains(exchange.header("X-Request-Id").orElseThrow());
        assertThat(lineOf(exchange)).contains("status=" + status);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/%zz, 400",
        "GET /api/a|b, 400",
        "GET /api/v1/../v1, 404",
        "G@T /api/v1/system/info, 400",
        "GET http://elsewhere.example/api/v1/system/info, 400"
    })
    void whatTheServerRefusesByItselfIsAnsweredLoggedAndCountedToo(String line, int status) throws Exception {
        assertGeneralError(send(line, ""), status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void aBodyInAnotherEncodingThanUtf8GetsER900(String charset) throws Exception {
        assertBodyInvalid(new String(BODY.getBytes(Charset.forName(charset)), StandardCharsets.ISO_8859_1));
    }

    /** An overlong "s" (RFC 3629, section 10), half a surrogate pair, and a character of ISO 8859-1. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00c1\u00b3andbox", "\u00ed\u00a0\u0080", "\u00e9"})
    void aBodyThatIsNoUtf8GetsER900(String username) throws Exception {
        assertBodyInvalid(BODY.replace("\"sandbox\"", '"' + username + '"'));
    }

    @Test
    void aCompressedBodyGets415() throws Exception {
        Exchange exchange = send(AUTHENTICATE, BODY, JSON, "Content-Encoding: gzip");
        assertThat(exchange.status()).isEqualTo(415);
        assertThat(Api.codes(exchange)).containsExactly("ER999");
        assertThat(lineOf(exchange)).contains("operation=authenticate", "status=415", "outcome=ER999");
    }

    @Test
    void nobodyMaySniffTheTypeOfAnAnswer() throws Exception {
        for (String line : List.of(
                "GET " + Api.LOGIN_TOKEN,
                SYSTEM_INFO,
                "GET /health/live",
                "GET /metrics",
                "GET /docs",
                "GET /no",
                "@ /")) {
            assertThat(send(line, "").header("X-Content-Type-Options")).as(line).contains("nosniff");
        }
    }

    /** Behind a proxy such connections are shared by callers. */
    @Test
    void aHeaderIsReadAsItWasSentNotAsAnEarlierOneOfTheConnection() throws Exception {
        String token = Api.field(send(AUTHENTICATE, BODY, JSON), "token");
        try (Socket socket = new Socket(
                SANDBOX.service().url().getHost(), SANDBOX.service().url().getPort())) {
            assertThat(statusOf(socket, token)).isEqualTo(200);
            assertThat(statusOf(socket, token.toUpperCase(java.util.Locale.ROOT)))
                    .isEqualTo(400);
            assertThat(statusOf(socket, token)).isEqualTo(200);
        }
    }

    @Test
    void aTokenHasOneSpelling() throws Exception {
        String token = Api.field(send(AUTHENTICATE, BODY, JSON), "token");
        char last = token.charAt(token.length() - 1);
        for (String spelling :
                List.of(token.substring(0, token.length() - 1) + (char) (last + 1), token + "=", token + "\"")) {
            Exchange exchange = send("GET " + Api.LOGIN_TOKEN, "", IDENTIFIER, "Authorization: Bearer " + spelling);
            assertThat(Api.codes(exchange)).containsExactly("ER800");
        }
    }

    @Test
    void noLineOfTheLogComesFromOutside() throws Exception {
        String escapes = "a\\u0000\\r\\n" + FORGED + "\\u001b[31m\\u2028\\u009b";
        String encoded = "a%00%0d%0a" + FORGED.replace(" ", "%20") + "%1b[31m";
        send(AUTHENTICATE, BODY.replace("\"sandbox\"", '"' + escapes + '"'), JSON);
        send("POST /api/v1/user/login", "{\"emailAddress\": \"" + escapes + "@x\", \"password\": \"x\"}", JSON, KEY);
        send("POST /api/v1/refresh", "{\"refreshToken\": \"" + escapes + "\"}", JSON, KEY);
        send("POST /_pact/provider-states", "{\"state\": \"" + escapes + "\"}", JSON);
        send("GET /api/v1/" + encoded, "");
        send("GET /docs?" + encoded, "");
        send("GET /docs", "", "X-Request-Id: " + FORGED, "traceparent: 00-" + FORGED, "Host: \u001b[31m");
        send("GET /docs", "", "Host: x\u009b" + FORGED);
        Exchange last = send("GET /docs", "");
        assertThat(lineOf(last)).isNotEmpty();
        assertThat(SANDBOX.service().output().lines())
                .noneMatch(line -> line.startsWith(FORGED.substring(0, 20)))
                .noneMatch(line -> line.matches(".*[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028].*"));
    }

    @Test
    void aDownloadThatIsBrokenOffIsNoMatterForTheLog() throws Exception {
        for (String path : List.of("/assets/swagger-ui-bundle.js", "/openapi.json")) {
            try (Socket socket = new Socket(
                    SANDBOX.service().url().getHost(), SANDBOX.service().url().getPort())) {
                socket.setReceiveBufferSize(1024);
                socket.setSoLinger(true, 0); // The service cannot but notice.
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
        }
        assertThat(lineOf(send("GET /docs", ""))).isNotEmpty();
        assertThat(SANDBOX.service().output()).doesNotContain("SEVERE", "Exception");
    }

    private static Exchange send(String line, String body, String... headers) throws IOException {
        return RawRequest.send(SANDBOX.service().url(), line, body, headers);
    }

    private void assertGeneralError(Exchange exchange, int status) throws Exception {
        assertThat(exchange.status()).isEqualTo(status);
        assertThat(exchange.header("Content-Type")).contains("application/json");
        assertThat(exchange.header("Cache-Control")).contains("no-store");
        assertThat(Api.codes(exchange)).containsExactly("ER999");
        assertThat(spec.catalogFaults(Spec.JSON.readTree(exchange.body()))).isEmpty();
        assertThat(lineOf(exchange)).contains("operation=none", "status=" + status, "outcome=ER999");
        assertCounted();
    }

    private static void assertBodyInvalid(String body) throws Exception {
        Exchange exchange = send(AUTHENTICATE, body, JSON);
        assertThat(exchange.status()).isEqualTo(400);
        assertThat(Api.codes(exchange)).containsExactly("ER900");
    }

    /** Each answer of the general error until now, beside the line that each has. */
    private static void assertCounted() throws Exception {
        String counter = "logintoken_requests_total{operation=\"none\",outcome=\"ER999\"} ";
        long counted = send("GET /metrics", "")
                .body()
                .lines()
                .filter(line -> line.startsWith(counter))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(counter.length())))
                .sum();
        assertThat(counted)
                .isEqualTo(SANDBOX.service()
                        .output()
                        .lines()
                        .filter(line -> line.contains(" operation=none ") && line.contains(" outcome=ER999 "))
                        .count());
    }

    private static String lineOf(Exchange exchange) throws InterruptedException {
        return SANDBOX.service()
                .awaitLine("dev.logintoken.exchanges: request="
                        + exchange.header("X-Request-Id").orElseThrow());
    }

    private static int statusOf(Socket socket, String token) throws IOException {
        String request = "GET " + Api.LOGIN_TOKEN + " HTTP/1.1\r\nHost: localhost\r\n" + IDENTIFIER
                + "\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        in.readNBytes(Integer.parseInt(head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1")));
        return Integer.parseInt(head.substring(9, 12));
    }
}

package dev.logintoken.contract.pact;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.logintoken.kit.Spec;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Pact Broker, as far as a verification sees one: HAL over HTTP. It remembers what it was sent. */
public final class BrokerStub implements AutoCloseable {

    private static final String PROVIDER = "/pacticipants/login-token";
    private static final String SELECTION = "/pacts/provider/login-token/for-verification";

    private final HttpServer server;
    private final String authorization;
    private final Map<String, String> pacts = new LinkedHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What it was sent by a caller whom it let in. */
    public record Request(String method, String path, JsonNode body) {}

    private record Answer(int status, String body) {}

    /**
     * A broker that knows the provider, and no pact of it yet.
     *
     * @param authorization the one value of that header that it lets in
     */
    public BrokerStub(String authorization) throws IOException {
        this.authorization = authorization;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Returns where it answers. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Publishes a pact. That of {@code hopeful} is pending, and results for {@code unheard} are refused. */
    public BrokerStub with(String consumer, String... interactions) {
        pacts.put(consumer, """
            {"consumer": {"name": "%s"}, "provider": {"name": "login-token"}, "interactions": [%s],
             "metadata": {"pactSpecification": {"version": "3.0.0"}},
             "_links": {"pb:provider": {"href": "%s"}, "pb:publish-verification-results": {"href": "%s"}}}\
            """.formatted(
                        consumer, String.join(", ", interactions), url() + PROVIDER, url() + "/results/" + consumer));
        return this;
    }

    /** An interaction: what a partner of the sandbox asks for, and the status it expects. */
    public static String interaction(String description, String path, int status, String... states) {
        return """
            {"description": "%s", "providerStates": [%s],
             "request": {"method": "GET", "path": "%s", "headers": {"X-Api-Key": "sandbox-api-key"}},
             "response": {"status": %d}}\
            """.formatted(
                        description,
                        String.join(
                                ", ",
                                List.of(states).stream()
                                        .map("{\"name\": \"%s\"}"::formatted)
                                        .toList()),
                        path,
                        status);
    }

    /** How it was asked for pacts. */
    public JsonNode selection() {
        return requests.stream()
                .filter(request -> request.path().equals(SELECTION))
                .findFirst()
                .orElseThrow()
                .body();
    }

    /** What it was told, in order. */
    public List<Request> told() {
        return requests.stream()
                .filter(request ->
                        !request.method().equals("GET") && !request.path().equals(SELECTION))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Answer answer = new Answer(401, "{}");
            if (authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                requests.add(
                        new Request(exchange.getRequestMethod(), path, Spec.JSON.readTree(exchange.getRequestBody())));
                answer = answer(path);
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"broker\"");
            exchange.getResponseHeaders().set("Content-Type", "application/hal+json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(String path) {
        String pact = pacts.get(path.replace("/pacts/", ""));
        if (pact != null) {
            return new Answer(200, pact);
        }
        if (path.startsWith("/results/") || path.startsWith(PROVIDER + "/branches/")) {
            return new Answer(path.endsWith("/unheard") ? 403 : 201, "{}");
        }
        return switch (path) {
            case "/" -> links("pb:provider-pacts-for-verification", "/pacts/provider/{provider}/for-verification");
            case PROVIDER -> links("pb:branch-version", PROVIDER + "/branches/{branch}/versions/{version}");
            case SELECTION -> selected();
            default -> new Answer(404, "{}");
        };
    }

    private Answer links(String name, String template) {
        return new Answer(
                200,
                "{\"_links\": {\"%s\": {\"href\": \"%s\", \"templated\": true}}}".formatted(name, url() + template));
    }

    private Answer selected() {
        List<String> entries = pacts.keySet().stream()
                .map(consumer -> """
                    {"verificationProperties": {"pending": %b, "notices": []},
                     "_links": {"self": {"name": "Pact of %s", "href": "%s"}}}\
                    """.formatted(consumer.equals("hopeful"), consumer, url() + "/pacts/" + consumer))
                .toList();
        return new Answer(200, "{\"_embedded\": {\"pacts\": [%s]}}".formatted(String.join(", ", entries)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

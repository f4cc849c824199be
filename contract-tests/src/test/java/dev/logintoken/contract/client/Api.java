package dev.logintoken.contract.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.kit.Exchange;
import dev.logintoken.kit.Spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Calls the service as a partner's software would, with the credentials of the sandbox. */
public final class Api {

    /** The sandbox's partner's API key. */
    public static final String PARTNERS_KEY = "sandbox-api-key";
    /** The sandbox's website's API key. */
    public static final String WEBSITES_KEY = "website-api-key";
    /** The active user's identifier. */
    public static final String ACTIVE_IDENTIFIER = "activeuser000000000000000000000000000000";
    /** The second active user's identifier. */
    public static final String OTHER_IDENTIFIER = "otheruser0000000000000000000000000000000";
    /** The path of getLoginToken. */
    public static final String LOGIN_TOKEN = "/api/v1/user/login-token";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI service;

    /** Calls a service. */
    public Api(URI service) {
        this.service = service;
    }

    /** Headers of a request, by value. */
    public static Map<String, String> with(String... namesAndValues) {
        Map<String, String> headers = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    /** Asks for a login token. */
    public Exchange loginToken(String... headers) {
        return send("GET", LOGIN_TOKEN, "", with(headers));
    }

    /** Sends a JSON body. */
    public Exchange post(String path, Map<String, ?> body, String... headers) {
        Map<String, String> all = with(headers);
        all.put("Content-Type", "application/json");
        return send("POST", path, Spec.JSON.valueToTree(body).toString(), all);
    }

    /** Sends a request; an empty body is none. */
    public Exchange send(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service + path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return Exchange.of(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A partner token for the partner's password. */
    public Exchange authenticate() {
        return post("/api/v1/authenticate", Map.of("username", "sandbox", "password", "sandbox-password"));
    }

    /** A user token of the active user. */
    public Exchange login() {
        return login("active@example.com", "active-password");
    }

    /** Logs a user in; the answer has the user token. */
    public Exchange login(String email, String password) {
        return post(
                "/api/v1/user/login", Map.of("emailAddress", email, "password", password), "X-Api-Key", PARTNERS_KEY);
    }

    /** Exchanges a refresh token. */
    public Exchange refresh(String refreshToken) {
        return post("/api/v1/refresh", Map.of("refreshToken", refreshToken), "X-Api-Key", PARTNERS_KEY);
    }

    /** Registers an identifier. */
    public Exchange register(String identifier, String... headers) {
        return registerFor("https://app.example.com/linked", identifier, headers);
    }

    /** Registers an identifier whose user goes back to a URL. */
    public Exchange registerFor(String returnUrl, String identifier, String... headers) {
        Map<String, String> all = with(headers);
        all.put("Content-Type", "application/json");
        all.put("X-Api-Key", PARTNERS_KEY);
        String body = Spec.JSON
                .createObjectNode()
                .put("identifier", identifier)
                .put("returnUrl", returnUrl)
                .toString();
        return send("POST", "/api/v1/user/register-identifier", body, all);
    }

    /** Presents the verifier of a consent. */
    public Exchange confirm(String identifier, String verifier) {
        return post(
                "/api/v1/user/confirm-identifier",
                Map.of("identifier", identifier, "verifier", verifier),
                "X-Api-Key",
                PARTNERS_KEY);
    }

    /** Uses a login token, as the website does. */
    public Exchange redeem(String uuid, String token) {
        return post(LOGIN_TOKEN + "/redeem", Map.of("uuid", uuid, "token", token), "X-Api-Key", WEBSITES_KEY);
    }

    /** A field of an answer. */
    public static String field(Exchange exchange, String name) {
        return body(exchange).path(name).asText();
    }

    /** The codes of a refusal; none if it is no refusal. */
    public static Set<String> codes(Exchange exchange) {
        Set<String> codes = new TreeSet<>();
        body(exchange).path("errors").fieldNames().forEachRemaining(codes::add);
        return codes;
    }

    private static JsonNode body(Exchange exchange) {
        try {
            return Spec.JSON.readTree(exchange.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

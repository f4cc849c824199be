package dev.logintoken.sandbox;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Requests to a sandbox. */
final class Calls {

    private Calls() {}

    /** Asks for a login token for the user of an identifier, and returns the body of the answer. */
    static String loginToken(URI sandbox, String identifier) throws Exception {
        return send(request(sandbox, "/api/v1/user/login-token").header("User-Identifier", identifier));
    }

    /** Registers an identifier of the fixture's partner, and returns the body of the answer. */
    static String register(URI sandbox, String identifier) throws Exception {
        return send(request(sandbox, "/api/v1/user/register-identifier")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"identifier\": \"" + identifier + "\", \"returnUrl\": \"https://app.example.com/\"}")));
    }

    private static HttpRequest.Builder request(URI sandbox, String path) {
        return HttpRequest.newBuilder(URI.create(sandbox + path)).header("X-Api-Key", "sandbox-api-key");
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }
}

package dev.logintoken.contract.pact;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.logintoken.kit.Spec;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The sandbox's provider states, as a verifier of any language uses them. */
public final class ProviderStatesClient {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;
    private final Deque<String> active = new ArrayDeque<>();
    private final Set<String> secrets = new TreeSet<>();

    /** Uses the provider states of a sandbox. */
    public ProviderStatesClient(URI service) {
        this.url = URI.create(service + "/_pact/provider-states");
    }

    /** The facts that can be asked for. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        send(HttpRequest.newBuilder(url)).get("states").forEach(name -> names.add(name.asText()));
        return names;
    }

    /**
     * Makes a fact true and returns its values.
     *
     * @throws IllegalStateException if the sandbox refuses; its message is the sandbox's reason
     */
    public Map<String, Object> setUp(String state) {
        return setUp(state, Map.of());
    }

    /** Makes a fact that takes parameters true and answers its values. */
    public Map<String, Object> setUp(String state, Map<String, Object> params) {
        JsonNode answer = change(state, params, "setup");
        active.push(state);
        Map<String, Object> values = Spec.JSON.convertValue(answer, new TypeReference<>() {});
        values.forEach((name, value) -> {
            if (name.endsWith("Token") || name.endsWith("Key") || name.equals("verifier")) {
                secrets.add(value.toString());
            }
        });
        return values;
    }

    /** The tokens and keys that were handed out. */
    public Set<String> secrets() {
        return secrets;
    }

    /** Takes back every fact that was made true. */
    public void tearDown() {
        while (!active.isEmpty()) {
            change(active.pop(), Map.of(), "teardown");
        }
    }

    private JsonNode change(String state, Map<String, Object> params, String action) {
        String body = Spec.JSON
                .valueToTree(Map.of("state", state, "params", params, "action", action))
                .toString();
        return send(HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            JsonNode answer = Spec.JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(answer.path("error").asText(response.body()));
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException("The sandbox does not answer at " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

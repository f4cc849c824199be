package dev.logintoken.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The provider states of a running sandbox, however it was started. */
public final class ProviderStates {

    private static final String ONLY_THE_FIXTURE = "nothing but the fixture";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;
    private final Deque<String> given = new ArrayDeque<>();

    /**
     * Uses the provider states of a sandbox.
     *
     * @param service where the sandbox answers, without a slash at the end
     */
    public ProviderStates(URI service) {
        this.url = URI.create(service + "/_pact/provider-states");
    }

    /** Returns the address for a Pact verifier's changes of state. */
    public URI url() {
        return url;
    }

    /** Returns the facts that can be made true. */
    public SortedSet<String> names() {
        return new TreeSet<>(FlatJson.elements(send(HttpRequest.newBuilder(url))));
    }

    /** Makes a fact true, and returns its values. */
    public ProviderState given(String state) {
        return given(state, Map.of());
    }

    /**
     * Makes a fact true, and returns its values.
     *
     * @param state such as "the clock is ahead"
     * @param params such as {@code seconds}, with a text or a number
     * @throws IllegalArgumentException if the sandbox refuses; the message is its reason
     */
    public ProviderState given(String state, Map<String, ?> params) {
        ProviderState made = new ProviderState(state, FlatJson.members(change(state, params, "setup")));
        given.push(state);
        return made;
    }

    /** Undoes a fact, wherever it was made true. */
    public void undo(String state) {
        change(state, Map.of(), "teardown");
    }

    /** Undoes the facts that this object has made true. */
    public void undo() {
        while (!given.isEmpty()) {
            undo(given.pop());
        }
    }

    /** Undoes every fact, and deletes all that requests have changed. Only the fixture is left. */
    public void reset() {
        given.clear();
        change(ONLY_THE_FIXTURE, Map.of(), "setup");
    }

    private String change(String state, Map<String, ?> params, String action) {
        Map<String, Object> query = new TreeMap<>(params);
        query.put("state", state);
        query.put("action", action);
        String text = query.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(String.valueOf(entry.getValue())))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(url + "?" + text)).POST(BodyPublishers.noBody()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalArgumentException(
                        FlatJson.members(answer.body()).getOrDefault("error", answer.body()));
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException("The sandbox does not answer at " + url + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

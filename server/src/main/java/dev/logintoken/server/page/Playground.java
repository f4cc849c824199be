package dev.logintoken.server.page;

import java.util.List;
import java.util.Map;

/**
 * What a sandbox publishes to play with.
 *
 * @param apiKey a partner's API key
 * @param userIdentifier under which that partner registered a user
 * @param inhabitants who lives in the sandbox
 * @param curlLines for each error code a line that provokes it
 */
public record Playground(
        String apiKey, String userIdentifier, List<Inhabitant> inhabitants, Map<String, CurlLine> curlLines) {

    /**
     * A partner, a user, or something else that was put into the sandbox.
     *
     * @param what it is
     * @param values what it is addressed by
     */
    public record Inhabitant(String what, List<Value> values) {}

    /**
     * A value to copy.
     *
     * @param name what it is used as, such as {@code email}
     * @param text the value itself
     */
    public record Value(String name, String text) {}

    /**
     * A line that provokes an error.
     *
     * @param text the line; {@code {url}} stands for the service's base URL
     * @param interaction the Pact file and the interaction that it is made from
     */
    public record CurlLine(String text, String interaction) {}
}

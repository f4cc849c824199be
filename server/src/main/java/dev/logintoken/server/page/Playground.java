package dev.logintoken.server.page;

import java.util.List;
import java.util.Map;

/**
 * The values that a sandbox publishes for experiments.
 *
 * @param apiKey a partner's API key
 * @param userIdentifier the identifier under which that partner registered a user
 * @param inhabitants the partners, users and other data of the sandbox
 * @param curlLines for each error code a line that provokes it
 * @param samples for each operation, by its method and path, programs that call it with success
 */
public record Playground(
        String apiKey,
        String userIdentifier,
        List<Inhabitant> inhabitants,
        Map<String, CurlLine> curlLines,
        Map<String, List<Sample>> samples) {

    /**
     * A partner, a user, or other data in the sandbox.
     *
     * @param what its kind
     * @param values the values that identify it
     */
    public record Inhabitant(String what, List<Value> values) {}

    /**
     * A value to copy.
     *
     * @param name the use of the value, such as {@code email}
     * @param text the value itself
     */
    public record Value(String name, String text) {}

    /**
     * A line that provokes an error.
     *
     * @param text the line; {@code {url}} stands for the service's base URL
     * @param interaction the Pact file and the interaction that the line was made from
     */
    public record CurlLine(String text, String interaction) {}

    /**
     * A program that calls an operation.
     *
     * @param language the name of its language
     * @param text the program; {@code {url}} stands for the service's base URL
     */
    public record Sample(String language, String text) {}
}

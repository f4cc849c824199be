package dev.logintoken.sandbox;

import java.util.Map;
import java.util.Optional;

/**
 * The values of a fact that a sandbox has made true. {@code contract-tests/docs/provider-states.md} says which fact has
 * which values.
 *
 * @param name the fact, such as "a deleted user"
 * @param values by name, such as {@code userIdentifier}
 */
public record ProviderState(String name, Map<String, String> values) {

    /** Copies the values. */
    public ProviderState {
        values = Map.copyOf(values);
    }

    /**
     * Returns a value.
     *
     * @throws IllegalArgumentException if the fact has no such value; the message names those that it has
     */
    public String value(String key) {
        return Optional.ofNullable(values.get(key))
                .orElseThrow(() -> new IllegalArgumentException("The provider state '" + name + "' has no '" + key
                        + "'. It has " + values.keySet().stream().sorted().toList() + "."));
    }

    /** Returns the header {@code User-Identifier} of the user. */
    public String userIdentifier() {
        return value("userIdentifier");
    }

    /** Returns the token for the header {@code User-Authorization}, without the word Bearer. */
    public String userToken() {
        return value("userToken");
    }

    /** Returns the id of the user. */
    public String uuid() {
        return value("uuid");
    }

    /** Returns the header {@code X-Api-Key} of the partner. */
    public String apiKey() {
        return value("apiKey");
    }

    /** Returns the token for the header {@code Authorization}, without the word Bearer. */
    public String partnerToken() {
        return value("partnerToken");
    }

    /** Returns a refresh token. */
    public String refreshToken() {
        return value("refreshToken");
    }

    /** Returns a login token. */
    public String loginToken() {
        return value("loginToken");
    }

    /** Returns the verifier that the user's browser brings back. */
    public String verifier() {
        return value("verifier");
    }
}

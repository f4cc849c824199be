package dev.logintoken.server.sandbox;

import jakarta.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A change of a provider state, as a verifier requests it. A request that is ambiguous causes an
 * {@link IllegalArgumentException}. Its message is one line for the caller.
 *
 * @param state the state's name in the Pact file; empty for an interaction that needs none
 * @param params the state's parameters, if it takes any
 * @param setUp whether to set the state up; otherwise it is torn down
 */
record StateChange(String state, Map<String, Object> params, boolean setUp) {

    /** The query parameters that are not parameters of a state. */
    private static final Set<String> RESERVED = Set.of("state", "states", "action", ProviderStatesResource.REFUSALS);

    /** Returns the change that a JSON object describes. */
    static StateChange of(Map<String, ?> body) {
        String state = text(body.get("state"), "state");
        Object states = body.get("states");
        if (states != null && !states.equals(List.of(state))) {
            throw new IllegalArgumentException(
                    "Provider states come one at a time: send the name as 'state' instead of a list 'states'.");
        }
        return new StateChange(state, params(body.get("params")), isSetUp(text(body.get("action"), "action")));
    }

    /** Returns the change that query parameters describe. All other query parameters are parameters of the state. */
    static StateChange of(MultivaluedMap<String, String> query) {
        Map<String, Object> params = new HashMap<>();
        query.forEach((name, values) -> {
            if (values.size() > 1) {
                throw new IllegalArgumentException("The query parameter '" + name + "' is there " + values.size()
                        + " times: send one state at a time, and each parameter once.");
            }
            if (!RESERVED.contains(name)) {
                params.put(name, values.get(0));
            }
        });
        if (!query.containsKey("state")) {
            throw new IllegalArgumentException(
                    "No provider state is named: send a JSON object with 'state', or the query"
                            + " parameter 'state'. It may be empty.");
        }
        Map<String, Object> body = new HashMap<>(Map.of("params", params));
        RESERVED.stream().filter(query::containsKey).forEach(name -> body.put(name, query.getFirst(name)));
        return of(body);
    }

    private static boolean isSetUp(String action) {
        return switch (action.toLowerCase(Locale.ROOT)) {
            case "", "setup" -> true;
            case "teardown" -> false;
            default ->
                throw new IllegalArgumentException(
                        "There is no action '" + action + "'. The actions are 'setup' and 'teardown'.");
        };
    }

    private static String text(@Nullable Object value, String name) {
        if (value == null || value instanceof String) {
            return Objects.requireNonNullElse((String) value, "");
        }
        throw new IllegalArgumentException("The field '" + name + "' must be a text, not " + value + ".");
    }

    private static Map<String, Object> params(@Nullable Object value) {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> params = new HashMap<>();
            map.forEach((name, param) -> params.put(String.valueOf(name), param));
            return params;
        }
        throw new IllegalArgumentException("The field 'params' must be an object, not " + value + ".");
    }
}

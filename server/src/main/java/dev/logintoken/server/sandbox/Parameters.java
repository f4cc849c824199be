package dev.logintoken.server.sandbox;

import dev.logintoken.settings.Nearest;
import dev.logintoken.settings.WholeNumber;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The parameters of a provider state, as in the request. A value that is missing or malformed causes an
 * {@link IllegalArgumentException}. Its message is one line for the caller.
 */
record Parameters(Map<String, Object> values) {

    /** Returns a whole number within limits. */
    long number(String name, long min, long max) {
        return parse(name, "a whole number from " + min + " to " + max, value -> {
            long number = WholeNumber.parse(value);
            return number >= min && number <= max ? Optional.of(number) : Optional.empty();
        });
    }

    /** Returns a UUID in its 36-character form. */
    UUID uuid(String name) {
        return parse(
                name,
                "a UUID",
                value -> Optional.of(UUID.fromString(value))
                        .filter(uuid -> uuid.toString().equalsIgnoreCase(value)));
    }

    private <T> T parse(String name, String allowed, Function<String, Optional<T>> parser) {
        String value = text(name);
        Optional<T> parsed;
        try {
            parsed = parser.apply(value);
        } catch (IllegalArgumentException e) {
            parsed = Optional.empty();
        }
        return parsed.orElseThrow(() -> new IllegalArgumentException(
                "The parameter '" + name + "' of the provider state must be " + allowed + ", not '" + value + "'."));
    }

    private String text(String name) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("The provider state needs the parameter '" + name + "'."
                    + (values.isEmpty()
                            ? ""
                            : " It got '" + new Nearest(List.copyOf(values.keySet())).to(name) + "'."));
        }
        return String.valueOf(values.get(name)); // A JSON null is wrong as a value.
    }
}

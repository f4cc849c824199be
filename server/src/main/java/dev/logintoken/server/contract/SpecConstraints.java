package dev.logintoken.server.contract;

import dev.logintoken.api.UserApi;
import jakarta.ws.rs.HeaderParam;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.Parameter;
import java.util.stream.Stream;

/**
 * Checks texts against the spec's constraints, using the generated interfaces. Only the spec has the bounds themselves.
 */
public final class SpecConstraints {

    private final TextRule userIdentifier = userIdentifier();

    /** Returns the rule for user identifiers. It is kept, because validating a call for each request takes longer. */
    public static TextRule userIdentifier() {
        return TextRule.of(parameter("User-Identifier"));
    }

    private static Parameter parameter(String header) {
        return Stream.of(UserApi.class.getMethods())
                .filter(method -> method.getName().equals("getLoginToken"))
                .flatMap(method -> Stream.of(method.getParameters()))
                .filter(parameter -> parameter.isAnnotationPresent(HeaderParam.class)
                        && parameter.getAnnotation(HeaderParam.class).value().equals(header))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The spec has no " + header));
    }

    /** Returns whether a text may be a user identifier. */
    public boolean allowsUserIdentifier(String text) {
        return userIdentifier.allows(text);
    }

    /** Returns whether a field is absent or empty, which are equivalent. */
    public static boolean absent(@Nullable String field) {
        return field == null || field.isEmpty();
    }

    /** Returns whether a field of a body satisfies the spec. */
    public <T> boolean allows(T body, String field) {
        return Constraints.VALIDATOR.validateProperty(body, field).isEmpty();
    }
}

package dev.logintoken.server.contract;

import dev.logintoken.api.UserApi;
import jakarta.ws.rs.HeaderParam;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.Parameter;
import java.util.stream.Stream;

/** What the spec allows, asked of the generated interfaces: the bounds themselves are written in the spec alone. */
public final class SpecConstraints {

    private final TextRule userIdentifier = userIdentifier();

    /** Returns the rule of a user identifier. To validate a call anew for each request takes longer than to keep it. */
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

    /** Whether a text may be a user identifier. */
    public boolean allowsUserIdentifier(String text) {
        return userIdentifier.allows(text);
    }

    /** Whether a field was left out, or is empty, which is the same. */
    public static boolean absent(@Nullable String field) {
        return field == null || field.isEmpty();
    }

    /** Whether a field of a body holds what the spec allows. */
    public <T> boolean allows(T body, String field) {
        return Constraints.VALIDATOR.validateProperty(body, field).isEmpty();
    }
}

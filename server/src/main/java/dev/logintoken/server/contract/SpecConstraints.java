package dev.logintoken.server.contract;

import dev.logintoken.api.UserApi;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.ws.rs.HeaderParam;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.Parameter;
import java.util.Locale;
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
        return validator().validateProperty(body, field).isEmpty();
    }

    /** Returns the validator, for calls of operations. */
    static Validator validator() {
        return OnFirstUse.VALIDATOR;
    }

    /** Creates the validator on first use, since that takes a good part of a start. */
    private static final class OnFirstUse {

        static final Validator VALIDATOR = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new Unformatted())
                .buildValidatorFactory()
                .getValidator();
    }

    /** Leaves messages uninterpolated. Nobody sees them, so no expression language is needed. */
    private static final class Unformatted implements MessageInterpolator {
        @Override
        public String interpolate(String template, Context context) {
            return template;
        }

        @Override
        public String interpolate(String template, Context context, Locale locale) {
            return template;
        }
    }
}

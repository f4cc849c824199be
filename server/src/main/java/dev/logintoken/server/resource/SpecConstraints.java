package dev.logintoken.server.resource;

import dev.logintoken.api.UserApi;
import dev.logintoken.api.model.Login;
import jakarta.validation.Constraint;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.HeaderParam;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the spec allows, asked of the generated interfaces: the bounds themselves are written in the spec alone. */
public final class SpecConstraints {

    private final Predicate<String> userIdentifier = userIdentifier();

    /** Not made before something is logged in: it takes a good part of a start. */
    private static final class Bodies {
        private static final Validator VALIDATOR = Validation.byDefaultProvider()
                .configure()
                // Messages reach nobody, so no expression language is needed to format them.
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()
                .getValidator();
    }

    /** The constraints of the generated parameter, read once: to validate a call anew for each request takes longer. */
    private static Predicate<String> userIdentifier() {
        List<Predicate<String>> all = new ArrayList<>();
        for (Annotation annotation : parameter("User-Identifier").getAnnotations()) {
            if (annotation instanceof jakarta.validation.constraints.Pattern pattern) {
                all.add(Pattern.compile(pattern.regexp()).asMatchPredicate());
            } else if (annotation instanceof Size size) {
                all.add(text -> text.length() >= size.min() && text.length() <= size.max());
            } else if (annotation.annotationType().isAnnotationPresent(Constraint.class)) {
                throw new IllegalStateException("The spec constrains identifiers in a new way: " + annotation);
            }
        }
        return all.stream()
                .reduce(Predicate::and)
                .orElseThrow(() -> new IllegalStateException("The spec does not constrain identifiers."));
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
        return userIdentifier.test(text);
    }

    /** Whether a text may be the email address of a login. */
    public boolean allowsEmailAddress(String text) {
        return allows(new Login().emailAddress(text), "emailAddress");
    }

    /** Whether a field was left out, or is empty, which is the same. */
    static boolean absent(@Nullable String field) {
        return field == null || field.isEmpty();
    }

    /** Whether a field of a body holds what the spec allows. */
    <T> boolean allows(T body, String field) {
        return Bodies.VALIDATOR.validateProperty(body, field).isEmpty();
    }
}

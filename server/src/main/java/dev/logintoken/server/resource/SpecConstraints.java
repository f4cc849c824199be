package dev.logintoken.server.resource;

import dev.logintoken.api.UserApi;
import dev.logintoken.api.model.Login;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Size;
import jakarta.validation.metadata.ConstraintDescriptor;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the spec allows, asked of the generated interfaces: the bounds themselves are written in the spec alone. */
public final class SpecConstraints {

    private static final int USER_IDENTIFIER = 1;

    private final Validator validator;
    private final Predicate<String> userIdentifier;

    /** Reads the constraints of the generated interfaces. */
    public SpecConstraints() {
        this.validator = Validation.byDefaultProvider()
                .configure()
                // Messages reach nobody, so no expression language is needed to format them.
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()
                .getValidator();
        this.userIdentifier = userIdentifier(validator);
    }

    /** The constraints of the generated parameter, read once: to validate a call anew for each request takes longer. */
    private static Predicate<String> userIdentifier(Validator validator) {
        List<Predicate<String>> all = new ArrayList<>();
        for (ConstraintDescriptor<?> constraint : validator
                .getConstraintsForClass(UserApi.class)
                .getConstraintsForMethod("getLoginToken", String.class, String.class)
                .getParameterDescriptors()
                .get(USER_IDENTIFIER)
                .getConstraintDescriptors()) {
            Annotation annotation = constraint.getAnnotation();
            if (annotation instanceof jakarta.validation.constraints.Pattern pattern) {
                all.add(Pattern.compile(pattern.regexp()).asMatchPredicate());
            } else if (annotation instanceof Size size) {
                all.add(text -> text.length() >= size.min() && text.length() <= size.max());
            } else {
                throw new IllegalStateException("The spec constrains identifiers in a new way: " + annotation);
            }
        }
        return all.stream()
                .reduce(Predicate::and)
                .orElseThrow(() -> new IllegalStateException("The spec does not constrain identifiers."));
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
        return validator.validateProperty(body, field).isEmpty();
    }
}

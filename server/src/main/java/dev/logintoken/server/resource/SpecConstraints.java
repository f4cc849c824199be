package dev.logintoken.server.resource;

import dev.logintoken.api.UserApi;
import dev.logintoken.api.model.Login;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** What the spec allows, asked of the generated interfaces: the bounds themselves are written in the spec alone. */
public final class SpecConstraints {

    private static final int USER_IDENTIFIER = 1;

    private final Validator validator;
    private final Method getLoginToken;

    /** The validator wants an object to be called; the constraints are those of its interface. */
    private final UserApi anyImplementation = (UserApi) Proxy.newProxyInstance(
            UserApi.class.getClassLoader(), new Class<?>[] {UserApi.class}, (proxy, method, arguments) -> null);

    /** Reads the constraints of the generated interfaces. */
    public SpecConstraints() {
        this.validator = Validation.byDefaultProvider()
                .configure()
                // Messages reach nobody, so no expression language is needed to format them.
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()
                .getValidator();
        try {
            this.getLoginToken = UserApi.class.getMethod("getLoginToken", String.class, String.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("The interface was generated from another spec.", e);
        }
    }

    /** Whether a text may be a user identifier. */
    public boolean allowsUserIdentifier(String text) {
        return validator
                .forExecutables()
                .validateParameters(anyImplementation, getLoginToken, new Object[] {null, text})
                .stream()
                .noneMatch(violation -> concernsIdentifier(violation.getPropertyPath()));
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

    private static boolean concernsIdentifier(Path path) {
        for (Path.Node node : path) {
            if (node.getKind() == ElementKind.PARAMETER
                    && node.as(Path.ParameterNode.class).getParameterIndex() == USER_IDENTIFIER) {
                return true;
            }
        }
        return false;
    }
}

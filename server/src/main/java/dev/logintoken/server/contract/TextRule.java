package dev.logintoken.server.contract;

import jakarta.validation.Constraint;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;

/**
 * A constraint of the spec on a text. It is read from the annotations of the generated code, without a validator.
 * Creating a validator takes longer than a command runs.
 *
 * @param min the minimum number of characters
 * @param max the maximum number of characters
 * @param pattern the pattern of the whole text
 */
public record TextRule(int min, int max, java.util.regex.Pattern pattern) {

    private static final String LETTERS_AND_DIGITS = "^[A-Za-z0-9]+$";
    private static final java.util.regex.Pattern ANYTHING =
            java.util.regex.Pattern.compile("^.*$", java.util.regex.Pattern.DOTALL);

    /**
     * Returns the rule on a parameter or a getter of the generated code.
     *
     * @throws IllegalStateException if there is none, or if it is of an unknown kind
     */
    public static TextRule of(AnnotatedElement generated) {
        TextRule rule = new TextRule(0, Integer.MAX_VALUE, ANYTHING);
        boolean constrained = false;
        for (Annotation annotation : generated.getAnnotations()) {
            if (annotation instanceof Pattern pattern) {
                rule = new TextRule(rule.min, rule.max, java.util.regex.Pattern.compile(pattern.regexp()));
                constrained = true;
            } else if (annotation instanceof Size size) {
                rule = new TextRule(size.min(), size.max(), rule.pattern);
                constrained = true;
            } else if (annotation.annotationType().isAnnotationPresent(Constraint.class)
                    && !(annotation instanceof NotNull)) {
                throw new IllegalStateException("The spec constrains a text in a new way: " + annotation);
            }
        }
        // Not by equals: Java 17 keeps the last record that was compared, and through it all classes of the
        // application.
        if (!constrained) {
            throw new IllegalStateException("The spec does not constrain " + generated);
        }
        return rule;
    }

    /**
     * Returns the rule of a field of a generated body.
     *
     * @throws IllegalStateException as {@link #of}
     */
    public static TextRule ofField(Class<?> body, String field) {
        try {
            return of(body.getMethod(
                    "get" + field.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + field.substring(1)));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("The spec has no " + field, e);
        }
    }

    /**
     * Returns whether a text satisfies the rule. Characters are counted as Java counts them, like in the generated
     * code.
     */
    public boolean allows(String text) {
        return text.length() >= min
                && text.length() <= max
                && pattern.matcher(text).matches();
    }

    /** Returns the rule in words, such as {@code 36 to 255 letters and digits}. */
    public String words() {
        String characters = pattern.pattern().equals(LETTERS_AND_DIGITS)
                ? "letters and digits"
                : pattern == ANYTHING ? "characters" : "characters that match " + pattern;
        return min + " to " + max + " " + characters;
    }
}

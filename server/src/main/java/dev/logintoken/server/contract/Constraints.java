package dev.logintoken.server.contract;

import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;

import java.util.Locale;

/**
 * Holds the Bean Validation validator. It is a separate class so that the validator is created on first use, since that
 * takes a good part of a start.
 */
final class Constraints {

    static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new Unformatted())
            .buildValidatorFactory()
            .getValidator();

    private Constraints() {}

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

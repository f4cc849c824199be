package dev.logintoken.server.contract;

import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;

import java.util.Locale;

/** Bean Validation. A class of its own: it is made when it is first asked for, since it takes a good part of a start. */
final class Constraints {

    static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new Unformatted())
            .buildValidatorFactory()
            .getValidator();

    private Constraints() {}

    /** Leaves messages as they are: nobody sees them, and so no expression language is needed. */
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

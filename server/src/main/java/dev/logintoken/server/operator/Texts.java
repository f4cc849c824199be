package dev.logintoken.server.operator;

import dev.logintoken.api.model.Credentials;
import dev.logintoken.api.model.Login;
import dev.logintoken.server.resource.SpecConstraints;
import dev.logintoken.server.resource.TextRule;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters that hold the texts of the command line against the spec before they are stored. */
final class Texts {

    private Texts() {}

    /** An email address that a user can log in with. */
    static final class EmailAddress implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return checked(text, "an email address", TextRule.ofField(Login.class, "emailAddress"));
        }
    }

    /** A name that a partner can authenticate with. */
    static final class Username implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return checked(text, "a username", TextRule.ofField(Credentials.class, "username"));
        }
    }

    /** An identifier that a partner can send. */
    static final class UserIdentifier implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return checked(text, "a user identifier", SpecConstraints.userIdentifier());
        }
    }

    private static String checked(String text, String name, TextRule rule) {
        if (!rule.allows(text)) {
            throw new TypeConversionException("'" + text + "' is not " + name + ". The spec allows " + rule.words());
        }
        if (!Printable.isPrintable(text)) {
            throw new TypeConversionException(
                    "'" + text + "' is not " + name + ". Control and formatting characters are not allowed");
        }
        return text;
    }
}

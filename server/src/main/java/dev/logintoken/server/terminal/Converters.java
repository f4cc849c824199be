package dev.logintoken.server.terminal;

import dev.logintoken.api.model.Credentials;
import dev.logintoken.api.model.Login;
import dev.logintoken.server.contract.SpecConstraints;
import dev.logintoken.server.contract.TextRule;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;

/** Checks the texts of the command line against the spec before they are stored. */
public final class Converters {

    private static final String DAY = "2026-11-24";

    private Converters() {}

    /** Lets a command, and each command below it, read UUIDs and enums, and refuse others in plain words. */
    public static void register(CommandLine line) {
        line.registerConverter(UUID.class, text -> uuid(text, "a UUID"));
        Choice.register(line);
    }

    /** Converts the place where the next page of a list begins. */
    public static final class Next implements ITypeConverter<UUID> {
        @Override
        public UUID convert(String text) {
            return uuid(text, "a value of 'next'");
        }
    }

    /** Converts a number of rows. */
    public static final class Limit implements ITypeConverter<Integer> {

        /** The maximum number of rows of a page. */
        public static final int MAX = 1000;

        @Override
        public Integer convert(String text) {
            if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX) {
                throw new TypeConversionException("'" + text + "' is not a number from 1 to " + MAX);
            }
            return Integer.valueOf(text);
        }
    }

    /** Converts an email address that a user can log in with. */
    public static final class EmailAddress implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return checked(text, "an email address", TextRule.ofField(Login.class, "emailAddress"));
        }
    }

    /** Converts a name that a partner can authenticate with. */
    public static final class Username implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return checked(text, "a username", TextRule.ofField(Credentials.class, "username"));
        }
    }

    /** Converts an identifier that a partner can send. */
    public static final class UserIdentifier implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return checked(text, "a user identifier", SpecConstraints.userIdentifier());
        }
    }

    /** Converts a time, or the beginning of a day, in UTC. */
    public static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.length() == DAY.length() ? Instant.parse(text + "T00:00:00Z") : Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "'" + text + "' is not a time like 2026-11-24T16:40:00Z, or a day like " + DAY);
            }
        }
    }

    /** Converts the start of a SHA-256, in hexadecimal. */
    public static final class Hash implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!text.matches("[0-9a-f]{16}")) {
                throw new TypeConversionException("'" + text + "' is not 16 hexadecimal digits");
            }
            return text;
        }
    }

    private static UUID uuid(String text, String name) {
        if (!text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new TypeConversionException("'" + text + "' is not " + name);
        }
        return UUID.fromString(text);
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

package dev.logintoken.server.operator;

import dev.logintoken.server.auth.Passwords;
import picocli.CommandLine.Option;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Reads and makes secrets. They must not be arguments, because any user of the machine could read those. */
final class Secrets {

    private static final int API_KEY_BYTES = 32;
    private static final int MIN_CHARACTERS = 8;

    /** The character that a decoder puts in place of bytes that it cannot decode. */
    private static final char REPLACEMENT = '\uFFFD';

    private Secrets() {}

    /** Options that say where a password comes from, if there is one. */
    static final class Password {

        @Option(names = "--password", description = "ask for a password on the console")
        private boolean console;

        @Option(names = "--password-stdin", description = "read the password from the first line of standard input")
        private boolean input;

        boolean wanted() {
            return console || input;
        }

        /** Returns the hash of the password; empty without a password. */
        Optional<String> hash() {
            if (!wanted()) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Passwords().hash(checked(input ? line() : typed())));
            } catch (CharacterCodingException e) {
                throw new RefusedException("The password on standard input is not UTF-8.");
            } catch (IllegalArgumentException e) {
                throw new RefusedException(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw new RefusedException("The password cannot be read.");
            }
        }

        private static String checked(String password) {
            if (password.indexOf(REPLACEMENT) >= 0) {
                throw new RefusedException("The password has characters that the encoding of the console cannot hold."
                        + " Use --password-stdin, which reads UTF-8.");
            }
            if (password.codePointCount(0, password.length()) < MIN_CHARACTERS) {
                throw new RefusedException("A password needs at least " + MIN_CHARACTERS + " characters.");
            }
            return password;
        }

        private static String line() throws IOException {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8.newDecoder()))
                    .readLine();
            return line == null ? "" : line;
        }

        @SuppressWarnings("SystemConsoleNull") // From Java 22 on, a console that is none fails when it is read from.
        private static String typed() {
            Console console = System.console();
            if (console == null) {
                throw new RefusedException("There is no console to ask for a password. Use --password-stdin.");
            }
            String first = read(console, "Password: ");
            if (!first.equals(read(console, "Repeat password: "))) {
                throw new RefusedException("The two passwords differ.");
            }
            return first;
        }

        private static String read(Console console, String prompt) {
            char[] typed = console.readPassword(prompt);
            return typed == null ? "" : new String(typed);
        }
    }

    /** Returns a new API key that nobody can guess, in base64url. */
    static String apiKey() {
        byte[] key = new byte[API_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}

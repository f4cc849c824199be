package dev.logintoken.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes UTF-8 whatever the locale, and detects input that the locale's encoding has garbled. A JVM decodes its
 * arguments and environment by that encoding, and nobody can undo it afterwards.
 */
final class Encoding {

    /** The character that a decoder puts in place of bytes that it cannot decode. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final String PREFIX = "logintoken.";
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private Encoding() {}

    /** Makes the standard output and the standard error UTF-8. */
    static void writeUtf8() {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }

    /** Returns one line about the first argument of this process that was garbled, if there is one. */
    static Optional<String> garbledArgument(String[] args) {
        return Stream.of(args)
                .filter(Encoding::isGarbled)
                .findFirst()
                .map(argument -> line("The argument '" + argument.replaceAll("\\p{Cntrl}", "?") + "'"));
    }

    /** Returns one line about the first setting of this process that was garbled, if there is one. It shows no value. */
    static Optional<String> garbledSetting() {
        Stream<String> variables = System.getenv().entrySet().stream()
                .filter(variable -> isGarbled(variable.getValue()))
                .map(Map.Entry::getKey)
                .filter(name -> name.toLowerCase(Locale.ROOT).replace('_', '.').startsWith(PREFIX))
                .map(name -> "The environment variable " + name);
        Stream<String> properties = System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .filter(name -> isGarbled(System.getProperty(name, "")) || isGarbledByAscii(name))
                .map(name -> "The system property " + name);
        return Stream.concat(variables, properties).sorted().findFirst().map(Encoding::line);
    }

    private static boolean isGarbled(String text) {
        return text.indexOf(REPLACEMENT) >= 0;
    }

    /**
     * Returns whether an ASCII locale has garbled a property. The JVM then puts question marks into its properties.
     * Linux still has the original bytes.
     */
    private static boolean isGarbledByAscii(String name) {
        if (System.getProperty(name, "").indexOf('?') < 0
                || !Charset.forName(encoding()).equals(StandardCharsets.US_ASCII)
                || !Files.isReadable(COMMAND_LINE)) {
            return false;
        }
        try {
            String line = new String(Files.readAllBytes(COMMAND_LINE), StandardCharsets.ISO_8859_1);
            return Stream.of(line.split("\0"))
                    .filter(argument -> argument.startsWith("-D" + name + "="))
                    .anyMatch(argument -> argument.chars().anyMatch(character -> character > 0x7f));
        } catch (IOException e) {
            return false;
        }
    }

    private static String line(String what) {
        return what + " has characters that the encoding of the locale, " + encoding()
                + ", cannot hold. Set LC_ALL=C.UTF-8.";
    }

    private static String encoding() {
        return System.getProperty("sun.jnu.encoding", "ANSI_X3.4-1968");
    }
}

package dev.logintoken.server.terminal;

import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Converts the name of an enum's constant. The command line writes it in small letters.
 *
 * @param constants the allowed constants
 */
record Choice(Enum<?>... constants) implements ITypeConverter<Enum<?>> {

    /** Lets a command, and each command below it, read its enums so. */
    static void register(CommandLine line) {
        for (ArgSpec argument : line.getCommandSpec().args()) {
            if (argument.type().isEnum()) {
                register(line, argument.type());
            }
        }
        line.getSubcommands().values().forEach(Choice::register);
    }

    @SuppressWarnings("unchecked") // The constants are of the type.
    private static <T> void register(CommandLine line, Class<T> type) {
        line.registerConverter(
                type, (ITypeConverter<T>) (ITypeConverter<?>) new Choice((Enum<?>[]) type.getEnumConstants()));
    }

    @Override
    public Enum<?> convert(String text) {
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(Arrays.stream(constants)
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" or ", "'" + text + "' is not ", ""))));
    }
}

package dev.logintoken.server.terminal;

/** Makes texts safe for a terminal: a stored control character must not move its cursor or hide a row. */
public final class Printable {

    private Printable() {}

    /** Returns whether {@link #escaped} would leave a text as it is. */
    static boolean isPrintable(String text) {
        return text.codePoints().noneMatch(Printable::acts);
    }

    /** Returns a text with each control, formatting or unassigned character as a Unicode escape. */
    public static String escaped(String text) {
        if (isPrintable(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (acts(character)) {
                for (char unit : Character.toChars(character)) {
                    escaped.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }

    private static boolean acts(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}

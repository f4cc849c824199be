package dev.logintoken.settings;

/** Reads whole numbers. Java alone also reads the digits of other scripts, and a plus sign. */
public final class WholeNumber {

    private WholeNumber() {}

    /**
     * Returns the number that a text consists of: the digits 0 to 9, after a minus sign if it is negative.
     *
     * @throws IllegalArgumentException if the text is anything else, or does not fit into a long
     */
    public static long parse(String text) {
        if (!text.matches("-?[0-9]+")) {
            throw new NumberFormatException("not a whole number");
        }
        return Long.parseLong(text);
    }
}

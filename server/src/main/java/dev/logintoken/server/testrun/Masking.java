package dev.logintoken.server.testrun;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks secrets in what the journal keeps. */
final class Masking {

    private static final String MASK = "(masked)";

    private static final Pattern SECRET =
            Pattern.compile("authorization|api-?key|cookie|token|password|secret|verifier");

    /**
     * A field with a secret, in JSON or in a query, and also if the text is cut off. A match begins at a whole word and
     * gives nothing back. Otherwise a long word would be read once from each of its letters.
     */
    private static final Pattern FIELD = Pattern.compile(
            "(?i)((?<![a-z_-])[a-z_-]++(?<=token|password|secret|verifier|api-?key)[\"']?\\s*+[:=]\\s*+)"
                    + "(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|[^\\s,;&{}\"]+)");

    /** A signed token anywhere, such as in the query of a URL. */
    private static final Pattern SIGNED = Pattern.compile("(?<![\\w-])[\\w-]{8,}+\\.[\\w-]{8,}+\\.[\\w-]{8,}+");

    private Masking() {}

    /** Returns the value of a header; of a secret only its scheme. */
    static String header(String name, String value) {
        if (!SECRET.matcher(name.toLowerCase(Locale.ROOT)).find()) {
            return text(value);
        }
        return value.regionMatches(true, 0, "Bearer ", 0, 7) ? "Bearer " + MASK : MASK;
    }

    /** Returns a body or a path without its secrets. */
    static String text(CharSequence text) {
        String fields =
                FIELD.matcher(text).replaceAll(field -> Matcher.quoteReplacement(field.group(1) + '"' + MASK + '"'));
        return SIGNED.matcher(fields).replaceAll(Matcher.quoteReplacement(MASK));
    }
}

package dev.logintoken.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the texts of a JSON object, as the endpoint of the provider states writes them. A JSON library would be one more
 * dependency that may clash with those of the tests.
 */
final class FlatJson {

    private static final String TEXT = "\"((?:[^\"\\\\]|\\\\.)*)\"";
    private static final Pattern MEMBER = Pattern.compile(TEXT + "\\s*:\\s*" + TEXT);
    private static final Pattern ELEMENT = Pattern.compile(TEXT + "\\s*[,\\]]");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)");

    private FlatJson() {}

    /** Returns the members whose values are texts. */
    static Map<String, String> members(String json) {
        Map<String, String> members = new LinkedHashMap<>();
        MEMBER.matcher(json)
                .results()
                .forEach(member -> members.put(unescaped(member.group(1)), unescaped(member.group(2))));
        return members;
    }

    /** Returns the texts in the arrays. */
    static List<String> elements(String json) {
        return ELEMENT.matcher(json)
                .results()
                .map(element -> unescaped(element.group(1)))
                .toList();
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(FlatJson::character);
    }

    private static String character(MatchResult escape) {
        if (escape.group(2) != null) {
            return Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(escape.group(2), 16)));
        }
        return Matcher.quoteReplacement(
                switch (escape.group(1)) {
                    case "n" -> "\n";
                    case "r" -> "\r";
                    case "t" -> "\t";
                    case "b" -> "\b";
                    case "f" -> "\f";
                    default -> escape.group(1);
                });
    }
}

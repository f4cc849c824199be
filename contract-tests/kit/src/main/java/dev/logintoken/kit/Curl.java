package dev.logintoken.kit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a request as a line for a shell. */
final class Curl {

    /** What an HTTP library sends of itself. */
    private static final Set<String> OF_THE_LIBRARY = Set.of("accept-encoding", "user-agent");

    private Curl() {}

    static String line(String method, String url, Map<String, List<String>> headers, String body) {
        StringBuilder line = new StringBuilder("curl -i");
        if (method.equals("HEAD")) {
            line.append(" -I");
        } else if (!method.equals(body.isEmpty() ? "GET" : "POST")) {
            line.append(" -X ").append(method);
        }
        headers.forEach((name, values) -> {
            if (!OF_THE_LIBRARY.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> line.append(" -H ").append(quoted(capitalized(name) + ": " + value)));
            }
        });
        if (!body.isEmpty()) {
            line.append(" --data-raw ").append(quoted(body));
        }
        return line.append(' ').append(quoted(url)).toString();
    }

    /** A name as it is usually written: the proxy knows it in lower case but for its first letter. */
    private static String capitalized(String name) {
        return Pattern.compile("\\b[a-z]")
                .matcher(name)
                .replaceAll(letter -> letter.group().toUpperCase(Locale.ROOT));
    }

    private static String quoted(String word) {
        return word.matches("[\\w./:=@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

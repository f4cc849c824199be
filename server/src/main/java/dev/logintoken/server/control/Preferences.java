package dev.logintoken.server.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The preferences of a request for a certain answer (RFC 7240). Those of another name are ignored, as the RFC demands.
 *
 * @param code the status, as it was sent
 * @param examples names of the spec's examples, in the order in which they were sent
 */
record Preferences(Optional<String> code, List<String> examples) {

    /** The request header. */
    static final String HEADER = "Prefer";

    /** A name, perhaps a value, and perhaps parameters, which have no meaning here. */
    private static final Pattern PREFERENCE =
            Pattern.compile("([^\\s=,;\"]+)\\s*(?:=\\s*(\"[^\"]*\"|[^\\s,;\"]*))?[^,]*");

    private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");

    /** Returns the preferences of a request. Of a preference that comes twice, the first counts. */
    static Preferences of(List<String> lines) {
        Map<String, String> values = new HashMap<>();
        Matcher preference = PREFERENCE.matcher(String.join(",", lines));
        while (preference.find()) {
            String value =
                    preference.group(2) == null ? "" : preference.group(2).replace("\"", "");
            values.putIfAbsent(preference.group(1).toLowerCase(Locale.ROOT), value);
        }
        List<String> examples = new ArrayList<>(
                List.of(SEPARATOR.split(values.getOrDefault("example", "").strip())));
        examples.removeIf(String::isEmpty);
        return new Preferences(Optional.ofNullable(values.get("code")), examples);
    }

    /** Returns whether the request asks for a certain answer. */
    boolean nameAnAnswer() {
        return code.isPresent() || !examples.isEmpty();
    }

    /** Returns whether an answer has the preferred status, or any if none is preferred. */
    boolean allow(int status) {
        return code.isEmpty() || code.get().equals(Integer.toString(status));
    }
}

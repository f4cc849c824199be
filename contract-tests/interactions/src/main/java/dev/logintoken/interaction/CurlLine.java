package dev.logintoken.interaction;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns an interaction's request into a line for a POSIX shell. The line itself gets the values of provider states. */
final class CurlLine {

    private static final String STATES = "{url}/_pact/provider-states";
    private static final String JSON_HEADER = "-H 'Content-Type: application/json'";

    /** Matches a long run of one character, as in a body that is too large. */
    private static final Pattern RUN = Pattern.compile("(\\w)\\1{99,}");

    private final Interaction interaction;
    private final Set<String> values = new LinkedHashSet<>();

    private CurlLine(Interaction interaction) {
        this.interaction = interaction;
    }

    /**
     * Returns the line; empty if the request depends on anything but the values of provider states without parameters.
     */
    static Optional<String> of(Interaction interaction) {
        boolean derivable = true;
        for (JsonNode state : interaction.states()) {
            derivable &= state.path("params").isEmpty();
        }
        for (Map.Entry<String, JsonNode> part : interaction.generators().properties()) {
            derivable &= Set.of("header", "body").contains(part.getKey());
        }
        return derivable ? Optional.of(new CurlLine(interaction).line()) : Optional.empty();
    }

    private String line() {
        List<String> words = new ArrayList<>(List.of("curl -s"));
        String body = interaction.text(UnaryOperator.identity());
        if (!interaction.method().equals(body.isEmpty() ? "GET" : "POST")) {
            words.add("-X " + interaction.method());
        }
        interaction
                .headers(UnaryOperator.identity())
                .forEach(
                        (name, value) -> words.add("-H " + quoted(value.isEmpty() ? name + ";" : name + ": " + value)));
        if (!body.isEmpty()) {
            words.add("-d " + quoted(body));
        }
        String url = "{url}" + interaction.target();
        words.add(interaction.query().isEmpty() ? url : quoted(url));
        return facts() + String.join(" ", words);
    }

    /** Returns a text in single quotes. The values of states and long runs of a character are in double quotes. */
    private String quoted(String text) {
        String quoted = "'" + text.replace("'", "'\\''") + "'";
        quoted = Interaction.VALUE.matcher(quoted).replaceAll(value -> {
            values.add(value.group(1));
            return Matcher.quoteReplacement("'\"$" + value.group(1) + "\"'");
        });
        return RUN.matcher(quoted)
                .replaceAll(run -> Matcher.quoteReplacement(
                        "'\"$(head -c " + run.group().length() + " /dev/zero | tr '\\0' " + run.group(1) + ")\"'"))
                .replaceAll("''$", "");
    }

    private String facts() {
        if (interaction.states().isEmpty()) {
            return "";
        }
        List<String> asked = new ArrayList<>();
        interaction
                .states()
                .forEach(state -> asked.add("curl -s " + JSON_HEADER + " -d "
                        + quoted("{\"state\":" + state.path("name") + "}") + " " + STATES));
        StringBuilder facts = new StringBuilder("facts=$(" + String.join("; ", asked) + "); ");
        values.forEach(value -> facts.append(value)
                .append("=$(printf %s \"$facts\" | sed 's/.*\"")
                .append(value)
                .append("\":\"\\([^\"]*\\)\".*/\\1/'); "));
        return facts.toString();
    }
}

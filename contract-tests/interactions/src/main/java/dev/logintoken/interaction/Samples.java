package dev.logintoken.interaction;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.samskivert.mustache.Mustache;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/** Chooses for each operation an interaction that succeeds, and writes its request as programs in several languages. */
public final class Samples {

    /** Each has a template. In all of them texts are quoted as in JSON, and {@code +} joins texts. */
    private static final List<String> LANGUAGES = List.of("JavaScript", "Python", "Java", "Go");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Interaction interaction;
    private final Set<String> values = new LinkedHashSet<>();

    private Samples(Interaction interaction) {
        this.interaction = interaction;
    }

    /**
     * A program that sends a request.
     *
     * @param language the name of its language; {@code curl} is a line for a POSIX shell
     * @param text the program; {@code {url}} stands for the service's base URL
     */
    public record Sample(String language, String text) {}

    /**
     * Writes the samples as JSON: a list for each operation, by its method and path.
     *
     * @param arguments the folder of Pact files, and the file to write
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        Files.createDirectories(file.getParent());
        JSON.writeValue(file.toFile(), of(Interaction.in(Path.of(arguments[0]))));
    }

    /** Returns the samples. It prefers a request without provider states, then the first one in the files. */
    static Map<String, List<Sample>> of(List<Interaction> interactions) throws IOException {
        Map<String, Interaction> chosen = new LinkedHashMap<>();
        for (Interaction interaction : interactions) {
            if (interaction.status() / 100 == 2 && CurlLine.of(interaction).isPresent()) {
                chosen.merge(
                        interaction.operation(),
                        interaction,
                        (known, other) -> other.states().size() < known.states().size() ? other : known);
            }
        }
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (Map.Entry<String, Interaction> operation : chosen.entrySet()) {
            samples.put(operation.getKey(), new Samples(operation.getValue()).all());
        }
        return samples;
    }

    private List<Sample> all() throws IOException {
        List<Sample> samples = new ArrayList<>();
        CurlLine.of(interaction).ifPresent(line -> samples.add(new Sample("curl", withHeaders(line))));
        Map<String, Object> request = request();
        for (String language : LANGUAGES) {
            String file = language + ".mustache";
            try (InputStream template = Objects.requireNonNull(Samples.class.getResourceAsStream(file), file);
                    Reader reader = new InputStreamReader(template, StandardCharsets.UTF_8)) {
                samples.add(new Sample(
                        language,
                        Mustache.compiler().escapeHTML(false).compile(reader).execute(request)));
            }
        }
        return samples;
    }

    /** Lets the last call of a line print the status and the headers of its answer. */
    private static String withHeaders(String line) {
        int last = line.lastIndexOf("curl -s");
        return line.substring(0, last) + "curl -si" + line.substring(last + "curl -s".length());
    }

    private Map<String, Object> request() {
        List<String> states = new ArrayList<>();
        interaction
                .states()
                .forEach(state -> states.add(quoted(state.path("name").asText())));
        List<Map<String, String>> headers = new ArrayList<>();
        interaction
                .headers(UnaryOperator.identity())
                .forEach((name, value) -> headers.add(Map.of("name", quoted(name), "value", quoted(value))));
        String body = interaction.text(UnaryOperator.identity());
        Map<String, Object> request = new HashMap<>();
        request.put("method", interaction.method());
        request.put("target", quoted("{url}" + interaction.target()));
        request.put("headers", headers);
        request.put("body", body.isEmpty() ? List.of() : List.of(quoted(body)));
        request.put("states", states);
        request.put("hasStates", !states.isEmpty());
        request.put("sendsText", !states.isEmpty() || !body.isEmpty());
        request.put("values", values);
        return request;
    }

    /** Returns a text as an expression. The values of provider states are variables. */
    private String quoted(String text) {
        Matcher value = Interaction.VALUE.matcher(text);
        List<String> parts = new ArrayList<>();
        int end = 0;
        while (value.find()) {
            parts.add(literal(text.substring(end, value.start())));
            parts.add(value.group(1));
            values.add(value.group(1));
            end = value.end();
        }
        parts.add(literal(text.substring(end)));
        parts.removeIf(part -> part.equals(literal("")) && parts.size() > 1);
        return String.join(" + ", parts);
    }

    private static String literal(String text) {
        return TextNode.valueOf(text).toString();
    }
}

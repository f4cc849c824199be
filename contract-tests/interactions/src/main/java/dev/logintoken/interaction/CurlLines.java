package dev.logintoken.interaction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Chooses for each error code an interaction that expects only that code, and writes its request as a curl line. */
public final class CurlLines {

    private CurlLines() {}

    private record Candidate(Interaction interaction, String line, int codesOfOperation) {}

    /**
     * Writes the lines as properties: {@code ER700} is a line, and {@code ER700.interaction} is its source.
     *
     * @param arguments the folder of Pact files, and the file to write
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        Files.createDirectories(file.getParent());
        Files.writeString(file, properties(Interaction.in(Path.of(arguments[0]))));
    }

    /**
     * Returns the properties. It prefers the operation with the most codes, then a request without provider states,
     * then a short line.
     */
    static String properties(List<Interaction> interactions) {
        Map<String, Set<String>> operations = new TreeMap<>();
        interactions.forEach(interaction -> operations
                .computeIfAbsent(interaction.operation(), any -> new HashSet<>())
                .addAll(interaction.codes()));
        Map<String, Candidate> chosen = new TreeMap<>();
        Comparator<Candidate> preference = Comparator.<Candidate>comparingInt(
                        candidate -> -candidate.codesOfOperation())
                .thenComparingInt(candidate -> candidate.interaction().states().size())
                .thenComparingInt(candidate -> candidate.line().length());
        for (Interaction interaction : interactions) {
            Optional<String> line = CurlLine.of(interaction);
            if (interaction.codes().size() == 1 && line.isPresent()) {
                int codes = operations
                        .getOrDefault(interaction.operation(), Set.of())
                        .size();
                chosen.merge(
                        interaction.codes().get(0),
                        new Candidate(interaction, line.get(), codes),
                        (known, other) -> preference.compare(other, known) < 0 ? other : known);
            }
        }
        StringBuilder properties = new StringBuilder();
        chosen.forEach((code, candidate) -> properties
                .append(code + "=" + candidate.line().replace("\\", "\\\\") + "\n")
                .append(code + ".interaction="
                        + candidate.interaction().toString().replace("\\", "\\\\") + "\n"));
        return properties.toString();
    }
}

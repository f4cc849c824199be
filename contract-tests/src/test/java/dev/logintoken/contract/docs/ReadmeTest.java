package dev.logintoken.contract.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.logintoken.contract.spec.LoginTokenSpec;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages repeat their sources: operations and numbers of the contract, and the configuration of the log. */
final class ReadmeTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]+ /api/\\S+)` \\| `(\\w+)` \\|");
    private static final Path LOGGING =
            Path.of("../server/launcher/src/main/resources/dev/logintoken/launcher/log/logging.properties");
    private static final List<String> NUMBERS = List.of("none", "one", "two", "three", "four", "five", "six", "seven");

    /** A new operation may wait for its row until it is released. */
    @Test
    void theTableOfOperationsIsThatOfTheSpec() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        ROW.matcher(readme())
                .results()
                .forEach(row -> assertThat(rows.put(row.group(1), row.group(2))).isNull());
        assertThat(operations("../spec/openapi.yaml")).containsAllEntriesOf(rows);
        assertThat(rows).containsAllEntriesOf(operations("../spec/released/openapi.yaml"));
    }

    @Test
    void thePagesAreInAsManyLanguagesAsTheRegionsHave() throws IOException {
        Set<String> languages = new TreeSet<>();
        LoginTokenSpec.load()
                .document()
                .at("/components/schemas/Region/enum")
                .forEach(region -> languages.add(region.asText().substring(0, 2)));
        assertThat(readme()).contains(", in " + NUMBERS.get(languages.size()) + " languages |");
    }

    @Test
    void theCodesOfGetLoginTokenAreCounted() throws IOException {
        int codes = LoginTokenSpec.load().codes("getLoginToken").size();
        assertThat(Files.readString(Path.of("../spec/README.md")))
                .contains(codes + " was released and cannot change.", "keeps exactly its " + codes + " codes");
    }

    @Test
    void thePageOfMonitoringRepeatsTheConfigurationOfTheLog() throws IOException {
        List<String> lines = Files.readAllLines(LOGGING).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(lines).isNotEmpty();
        assertThat(Files.readAllLines(Path.of("../server/docs/monitoring/README.md")))
                .containsAll(lines);
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("../README.md"));
    }

    private static Map<String, String> operations(String spec) throws IOException {
        Map<String, String> operations = new TreeMap<>();
        JsonNode paths = new YAMLMapper().readTree(Path.of(spec).toFile()).path("paths");
        paths.properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.put(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                method.getValue().path("operationId").asText())));
        return operations;
    }
}

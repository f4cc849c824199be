package dev.logintoken.contract.docs;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The threat model names tests that exist. */
final class ThreatModelTest {

    private static final Path PAGE = Path.of("../server/docs/threat-model.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:IT|Test))`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| [^|]+ \\| [^|]+ \\| (?!tests? )([^|]+) \\|$");

    @Test
    void everyTestThatItNamesExists() throws IOException {
        Set<String> named = TEST.matcher(Files.readString(PAGE))
                .results()
                .map(test -> test.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isNotEmpty();
        assertThat(tests()).containsAll(named);
    }

    @Test
    void everyRowNamesATestOrSaysThatThereIsNone() throws IOException {
        List<String> shown = ROW.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult row) -> row.group(1))
                .filter(cell -> !cell.matches("-+") && !cell.equals("shown by"))
                .toList();
        assertThat(shown).isNotEmpty().allMatch(cell -> TEST.matcher(cell).find() || cell.startsWith("no test:"));
    }

    private static Set<String> tests() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String module : List.of(".", "../server", "../server/launcher")) {
            try (Stream<Path> files = Files.walk(Path.of(module, "src/test/java"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> tests.add(name.replace(".java", "")));
            }
        }
        return tests;
    }
}

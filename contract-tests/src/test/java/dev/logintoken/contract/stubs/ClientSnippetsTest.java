package dev.logintoken.contract.stubs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What the page of clients tells teams that generate a client is what {@link ClientsIT} runs. */
final class ClientSnippetsTest {

    private static final Path README = Path.of("../spec/docs/clients.md");
    private static final Pattern CLIENT = Pattern.compile(
            "<generatorName>(\\S+)</generatorName>(?:\\s+<additionalProperties>(\\S+)</additionalProperties>)?");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jaxrs/Client.java",
                "java/Client.java",
                "typescript/client.ts",
                "python/client.py",
                "go/client.go",
                "kotlin/Client.kt"
            })
    void theReadmeHasTheProgramThatRuns(String program) throws IOException {
        assertThat(Files.readString(README))
                .contains("\n" + Files.readString(Path.of("clients").resolve(program)) + "```\n");
    }

    @Test
    void theReadmeHasTheDependenciesOfTheClientWithJersey() throws IOException {
        String pom = Files.readString(Path.of("clients/jaxrs/pom.xml"));
        String dependencies = pom.substring(
                pom.indexOf("<dependencies>\n") + "<dependencies>\n".length(), pom.indexOf("  </dependencies>"));
        assertThat(Files.readString(README)).contains("```xml\n" + dependencies.replaceAll("(?m)^    ", "") + "```\n");
    }

    @Test
    void theReadmeHasTheOptionsThatTheClientsAreGeneratedWith() throws IOException {
        List<String> cells = CLIENT.matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(client -> "| `" + client.group(1) + "` | "
                        + (client.group(2) == null ? "" : "`" + client.group(2) + "` ") + "|")
                .toList();
        assertThat(cells).isNotEmpty();
        assertThat(Files.readString(README)).contains(cells);
    }
}

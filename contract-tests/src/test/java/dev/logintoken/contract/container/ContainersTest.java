package dev.logintoken.contract.container;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What hosting.md says about containers is what the build tests. */
final class ContainersTest {

    @Test
    void theReadmeHasTheContainersAndTheirVersions() throws IOException {
        List<String> rows = Pattern.compile("^\\| `([^`]+)` \\| (\\S+) \\| (?:17|25) \\|", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../server/docs/hosting.md")))
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
        String pom = Files.readString(Path.of("../pom.xml"));
        assertThat(rows)
                .containsExactlyElementsOf(Containers.all("some/jdk").stream()
                        .map(container -> container + " " + version(pom, container.toString()))
                        .collect(Collectors.toList()));
    }

    @Test
    void anUnknownNameIsToldTheKnownOnes() {
        assertThatThrownBy(() -> Containers.selected("tomcat-10.1, websphere"))
                .hasMessage(
                        "There is no container 'websphere'; known are tomcat-10.1, tomcat-11, jetty-12.0, jetty-12.1,"
                                + " wildfly, open-liberty, glassfish, payara-micro.");
    }

    private static String version(String pom, String name) {
        String property = name.replaceFirst("-java-25$", "") + ".version";
        Matcher version =
                Pattern.compile("<" + Pattern.quote(property) + ">(.*?)<").matcher(pom);
        return version.find() ? version.group(1) : "—";
    }
}

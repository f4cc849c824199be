package dev.logintoken.contract;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A template of ours says what it replaces; when a new generator changes that, somebody looks before it lands. */
final class TemplatesTest {

    private static final Path OURS = Path.of("../api/templates");
    private static final Path UPSTREAM = Path.of("target/upstream-templates");
    private static final Pattern FIRST_LINE =
            Pattern.compile("\\{\\{! (?:Replaces|Stands in for) (\\S+) of (\\S+) \\(([0-9a-f]{16})\\).*: .+\\. }}");
    private static final Pattern NOTHING_REPLACED = Pattern.compile("\\{\\{! Our own, replaces nothing: .+ }}");

    @Test
    void everyTemplateSaysWhatItReplaces() {
        assertThat(templates())
                .hasSize(7)
                .allSatisfy(template -> assertThat(firstLine(template))
                        .matches(line -> FIRST_LINE.matcher(line).matches()
                                || NOTHING_REPLACED.matcher(line).matches()));
    }

    @Test
    void whatATemplateReplacesIsAsItWasWhenTheTemplateWasWritten() {
        List<Matcher> replacing = templates().stream()
                .map(template -> FIRST_LINE.matcher(firstLine(template)))
                .filter(Matcher::matches)
                .toList();
        assertThat(replacing).hasSize(5).allSatisfy(line -> {
            assertThat(line.group(2)).isEqualTo(System.getProperty("openapi-generator.version"));
            assertThat(sha256(UPSTREAM.resolve(line.group(1))))
                    .as(line.group(1))
                    .startsWith(line.group(3));
        });
    }

    private static List<Path> templates() {
        try (Stream<Path> files = Files.list(OURS)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(Path template) {
        try (Stream<String> lines = Files.lines(template)) {
            return lines.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}

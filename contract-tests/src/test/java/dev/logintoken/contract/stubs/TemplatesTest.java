package dev.logintoken.contract.stubs;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A template of ours says what it replaces, and has all that the replaced one can do but for what is listed here. */
final class TemplatesTest {

    private static final Path OURS = Path.of("../api/templates");
    private static final Path UPSTREAM = Path.of("target/upstream-templates");
    private static final Pattern FIRST_LINE =
            Pattern.compile("\\{\\{! (?:Replaces|Stands in for) (\\S+) of (\\S+) \\(([0-9a-f]{16})\\).*: .+\\. }}");
    private static final Pattern NOTHING_REPLACED = Pattern.compile("\\{\\{! Our own, replaces nothing: .+ }}");

    @Test
    void everyTemplateSaysWhatItReplaces() {
        assertThat(templates())
                .hasSize(8)
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

    /** What the replaced template does only if an option is set; ours are set otherwise. */
    private static final List<String> OPTIONS_NOT_SET = List.of(
            "useSwaggerAnnotations",
            "useSwaggerV3Annotations",
            "supportAsync",
            "returnResponse",
            "serializableModel",
            "gson",
            "enumUnknownDefaultCase",
            "useEnumCaseInsensitive",
            "useDeductionForOneOfInterfaces");

    /** What our templates leave out besides. */
    private static final Map<String, Set<String>> LEFT_OUT = Map.of(
            // The type is written out, and a declared code takes the place of each response's text.
            "apiInterface.mustache", Set.of(">returnTypeInterface", "responses"),
            // A code is a text, not null, and has one name; a group is not deprecated, since codes stay.
            "errorCatalog.mustache",
                    Set.of(
                            ">additionalEnumTypeAnnotations",
                            "allowableValues",
                            "datatypeWithEnum",
                            "enumVars",
                            "isDeprecated",
                            "isNullable",
                            "isString",
                            "jackson"),
            // A set has groups alone, so nothing discriminates and nothing is extended.
            "errorSet.mustache",
                    Set.of(
                            ">additionalOneOfTypeAnnotations",
                            ">typeInfoAnnotation",
                            "discriminator",
                            "vendorExtensions.x-class-extra-annotation",
                            "vendorExtensions.x-implements"),
            // A file is an InputStream by our type mapping.
            "formParams.mustache", Set.of("isFile"),
            // Instead of it there is the set; Bean Validation is always on.
            "model.mustache", Set.of(">oneof_interface", "useBeanValidation"));

    private static final Pattern FEATURE = Pattern.compile("\\{\\{([#>])([\\w.-]+)}}");

    @Test
    void aTemplateHasTheFeaturesOfTheOneThatItReplaces() {
        assertThat(templates()).allSatisfy(template -> {
            Matcher line = FIRST_LINE.matcher(firstLine(template));
            if (line.matches()) {
                Set<String> lacking = features(UPSTREAM.resolve(line.group(1)));
                lacking.removeAll(features(template));
                assertThat(lacking)
                        .as(template.getFileName().toString())
                        .isEqualTo(LEFT_OUT.get(template.getFileName().toString()));
            }
        });
    }

    @Test
    void theOptionsThatOurTemplatesDoNotKnowAreNotSet() throws IOException {
        assertThat(Files.readString(Path.of("../api/generator.yaml")))
                .contains("useBeanValidation: true")
                .doesNotContain(OPTIONS_NOT_SET.stream()
                        .map(option -> option + ": true")
                        .toList());
    }

    /** The sections and partials of a template, without those that only an option brings. */
    private static Set<String> features(Path template) throws IOException {
        String text = Files.readString(template);
        for (String option : OPTIONS_NOT_SET) {
            text = text.replaceAll("(?s)\\{\\{#" + option + "}}.*?\\{\\{/" + option + "}}", "");
        }
        return FEATURE.matcher(text)
                .results()
                .map(feature -> feature.group(1).replace("#", "") + feature.group(2))
                .filter(feature -> !feature.startsWith("-"))
                .collect(Collectors.toCollection(TreeSet::new));
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

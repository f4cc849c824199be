package dev.logintoken.contract.spec;

import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.Test;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.MarkdownRender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** What is released stays true: an incompatible change needs a new major version. */
final class ReleasedContractTest {

    private static final Path RELEASED = Path.of("../spec/released/openapi.yaml");
    private static final Path CURRENT = Path.of("../spec/openapi.yaml");
    private static final Path CHANGES = Path.of("../spec/target/contract-changes.md");

    @Test
    void withinAMajorVersionNothingBreaks() throws IOException {
        String current = Files.readString(CURRENT);
        ChangedOpenApi changes = compare(current);
        String text = changes.isUnchanged() ? "None.\n" : new MarkdownRender().render(changes);
        Files.createDirectories(CHANGES.getParent());
        Files.writeString(CHANGES, "# Changes of the contract since its last release\n\n" + text);
        assertThat((changes.isCompatible() && takesNoCode(current))
                        || major(changes.getNewSpecOpenApi().getInfo().getVersion())
                                > major(changes.getOldSpecOpenApi().getInfo().getVersion()))
                .as("an incompatible change without a new major version; see %s", CHANGES.normalize())
                .isTrue();
    }

    @Test
    void aFieldThatIsRenamedBreaks() throws IOException {
        assertThat(compare(Files.readString(RELEASED).replace("expiryDate", "expiry"))
                        .isCompatible())
                .isFalse();
    }

    @Test
    void aHeaderThatIsAddedDoesNotBreak() throws IOException {
        String header = "            X-Request-Id:\n";
        String released = Files.readString(RELEASED);
        assertThat(released).contains(header);
        String more = released.replaceFirst(
                header, "            X-More:\n              schema:\n                type: string\n" + header);
        assertThat(compare(more).isCompatible()).isTrue();
    }

    /** The sets of codes are closed: a client's generated enum refuses one that it does not know. */
    @Test
    void aCodeThatIsAddedBreaks() throws IOException {
        String codes = "[ER001, ER003, ER004, ER005]";
        String released = Files.readString(RELEASED);
        assertThat(released).contains(codes);
        assertThat(compare(released.replace(codes, "[ER001, ER003, ER004, ER005, ER014]"))
                        .isCompatible())
                .isFalse();
    }

    @Test
    void aCodeThatIsTakenBreaks() throws IOException {
        String codes = "[ER001, ER003, ER004, ER005]";
        String released = Files.readString(RELEASED);
        assertThat(released).contains(codes);
        assertThat(takesNoCode(released.replace(codes, "[ER001, ER003, ER004]")))
                .isFalse();
        assertThat(takesNoCode(released)).isTrue();
    }

    /** The comparison holds an answer that can say less for compatible; our sets of codes are closed on both sides. */
    private static boolean takesNoCode(String current) throws IOException {
        Spec released = LoginTokenSpec.of(Files.readString(RELEASED));
        Spec now = LoginTokenSpec.of(current);
        return released.operations().keySet().stream()
                .allMatch(operation -> now.codes(operation).containsAll(released.codes(operation)));
    }

    /** Compares with the released contract. */
    private static ChangedOpenApi compare(String current) throws IOException {
        return OpenApiCompare.fromContents(Files.readString(RELEASED), current);
    }

    private static int major(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }
}

package dev.logintoken.contract.spec;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** What is released stays true: an incompatible change needs a new major version, and a release says what changed. */
final class ReleasedContractTest {

    private static final Path RELEASED = Path.of("../spec/released/openapi.yaml");
    private static final Path CURRENT = Path.of("../spec/openapi.yaml");
    private static final Path CHANGELOG = Path.of("../spec/CHANGELOG.md");
    private static final Path MADE = Path.of("../spec/target/CHANGELOG.md");

    @Test
    void withinAMajorVersionNothingBreaks() throws IOException {
        ContractChanges changes = since(Files.readString(CURRENT));
        assertThat(changes.areCompatible() || changes.haveANewMajorVersion())
                .as("an incompatible change without a new major version: %s", changes.lines())
                .isTrue();
    }

    /** Nobody has to keep it between releases: each build makes what has changed since the last one. */
    @Test
    void aReleaseHasItsSectionInTheChangelog() throws IOException {
        ContractChanges changes = since(Files.readString(CURRENT));
        String changelog = Files.readString(CHANGELOG);
        Files.createDirectories(MADE.getParent());
        Files.writeString(MADE, changes.addTo(changelog));
        assertThat(changelog)
                .as("spec/CHANGELOG.md has no section for the release in spec/released; see spec/docs/releasing.md")
                .contains("\n## " + changes.versionBefore() + "\n");
    }

    @Test
    void theSectionOfAVersionIsMadeOnce() throws IOException {
        String next = Files.readString(RELEASED).replace("version: 1.0.0", "version: 1.1.0");
        ContractChanges changes = since(next.replaceAll("maxLength: \\d+", "maxLength: 7"));
        String changelog = changes.addTo("# Changes\n\n## 1.0.0\n\nThe first.\n");
        assertThat(changelog)
                .startsWith("# Changes\n\n## 1.1.0\n\n- ")
                .contains("- `loginUser`: body `emailAddress`: maxLength `7`, was `254`\n")
                .endsWith("\n\n## 1.0.0\n\nThe first.\n");
        assertThat(changes.addTo(changelog)).isEqualTo(changelog);
    }

    @Test
    void aFieldThatIsRenamedBreaks() throws IOException {
        ContractChanges changes = since(Files.readString(RELEASED).replace("expiryDate", "expiry"));
        assertThat(changes.areCompatible()).isFalse();
        assertThat(changes.lines())
                .contains(
                        "- `getLoginToken`: 200: new field `expiry`",
                        "- `getLoginToken`: 200: **removed** field `expiryDate`");
    }

    @Test
    void aHeaderThatIsAddedDoesNotBreak() throws IOException {
        String header = "            X-Request-Id:\n";
        String released = Files.readString(RELEASED);
        assertThat(released).contains(header);
        String more = released.replaceFirst(
                header, "            X-More:\n              schema:\n                type: string\n" + header);
        assertThat(since(more).areCompatible()).isTrue();
        assertThat(since(more).lines()).singleElement().asString().endsWith(": new header `X-More`");
    }

    /** The sets of codes are closed: a client's generated enum refuses one that it does not know. */
    @Test
    void aCodeThatIsAddedBreaks() throws IOException {
        String codes = "[ER001, ER003, ER004, ER005]";
        String released = Files.readString(RELEASED);
        assertThat(released).contains(codes);
        ContractChanges changes = since(released.replace(codes, "[ER001, ER003, ER004, ER005, ER014]"));
        assertThat(changes.areCompatible()).isFalse();
        assertThat(changes.lines())
                .allMatch(line -> line.endsWith(": new error ER014"))
                .isNotEmpty();
    }

    @Test
    void aCodeThatIsTakenBreaks() throws IOException {
        String codes = "[ER001, ER003, ER004, ER005]";
        String released = Files.readString(RELEASED);
        assertThat(released).contains(codes);
        ContractChanges changes = since(released.replace(codes, "[ER001, ER003, ER004]"));
        assertThat(changes.areCompatible()).isFalse();
        assertThat(changes.lines())
                .allMatch(line -> line.endsWith(": **removed** error ER005"))
                .isNotEmpty();
        assertThat(since(released).areCompatible()).isTrue();
        assertThat(since(released).lines()).isEmpty();
    }

    private static ContractChanges since(String current) throws IOException {
        return new ContractChanges(Files.readString(RELEASED), current);
    }
}

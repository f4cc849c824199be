package dev.logintoken.contract.docs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The edits of the guide fit the files that they name; {@link GuideIT} also builds what comes of them. */
final class GuideTest {

    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path tree;

    /** A reader who follows the guide in this tree has made some edits already. The others must fit. */
    @Test
    void everyEditFitsItsFile() throws IOException {
        List<Guide.Block> edits =
                Guide.blocks().stream().filter(Guide.Block::isEdit).toList();
        assertThat(edits).hasSizeGreaterThan(5);
        for (Guide.Block edit : edits) {
            Path file = tree.resolve(edit.file());
            if (Files.notExists(file) && Files.exists(ROOT.resolve(edit.file()))) {
                Files.createDirectories(file.getParent());
                Files.copy(ROOT.resolve(edit.file()), file);
            }
            if (!edit.isIn(tree)) {
                edit.applyIn(tree);
            }
        }
        assertThat(tree.resolve("spec/openapi.yaml")).content().contains("operationId: findRegion", "version: 2.0.0");
    }

    @Test
    void anEditThatFitsNowhereOrTwiceIsRefused() throws IOException {
        Files.writeString(tree.resolve("a"), "one\ntwo\ntwo\n");
        assertThatThrownBy(() -> new Guide.Block("diff", "a\n three\n+four\n").applyIn(tree))
                .hasMessage("a does not have these lines:\nthree\n");
        assertThatThrownBy(() -> new Guide.Block("diff", "a\n two\n+four\n").applyIn(tree))
                .hasMessage("a has these lines twice:\ntwo\n");
        new Guide.Block("diff", "a\n one\n-two\n+three\n").applyIn(tree);
        assertThat(tree.resolve("a")).hasContent("one\nthree\ntwo\n");
    }
}

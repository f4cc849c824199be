package dev.logintoken.contract.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The worked changes of two pages of {@code spec/docs}, read from their text. */
final class Guide {

    private static final Path PAGES = Path.of("../spec/docs");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

    private Guide() {}

    /** A fenced block: an edit ({@code diff}), a command ({@code sh}), or what the command then says. */
    record Block(String language, String text) {

        boolean isEdit() {
            return language.equals("diff");
        }

        boolean isCommand() {
            return language.equals("sh");
        }

        /** Returns the file that an edit is about, relative to the root of the tree. */
        String file() {
            return text.substring(0, text.indexOf('\n'));
        }

        /** Makes the edit in a tree. */
        void applyIn(Path tree) throws IOException {
            Path file = tree.resolve(file());
            Optional<String> before = Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
            Files.createDirectories(file.getParent());
            Files.writeString(file, edited(before));
        }

        /** Returns whether a tree has the edit already, as that of somebody who follows the guide. */
        boolean isIn(Path tree) throws IOException {
            Path file = tree.resolve(file());
            if (Files.notExists(file)) {
                return false;
            }
            String whole = "\n" + Files.readString(file);
            for (String hunk : hunks()) {
                String old = "\n" + lines(hunk, " -");
                String now = "\n" + lines(hunk, " +");
                if (!whole.contains(now) || (whole.contains(old) && !now.contains(old))) {
                    return false;
                }
            }
            return true;
        }

        private List<String> hunks() {
            return List.of(text.substring(text.indexOf('\n') + 1).split("(?m)^@@\n"));
        }

        private String edited(Optional<String> before) {
            String after = before.orElse("");
            for (String hunk : text.substring(text.indexOf('\n') + 1).split("(?m)^@@\\n")) {
                String old = "\n" + lines(hunk, " -");
                String now = "\n" + lines(hunk, " +");
                String whole = "\n" + after;
                int place = before.isEmpty() ? 0 : whole.indexOf(old);
                if (place < 0 || (before.isPresent() && whole.indexOf(old, place + 1) >= 0)) {
                    throw new IllegalArgumentException(
                            file() + (place < 0 ? " does not have these lines:" : " has these lines twice:") + old);
                }
                after = (whole.substring(0, place) + now + whole.substring(place + old.length())).substring(1);
            }
            return after;
        }

        /** The lines with one of these marks, without the marks. */
        private static String lines(String hunk, String marks) {
            StringBuilder lines = new StringBuilder();
            hunk.lines()
                    .filter(line -> marks.indexOf(line.charAt(0)) >= 0)
                    .forEach(line -> lines.append(line.substring(1)).append('\n'));
            return lines.toString();
        }
    }

    /** Returns all blocks of the pages, in their order. */
    static List<Block> blocks() throws IOException {
        String pages = Files.readString(PAGES.resolve("add-a-code.md"))
                + Files.readString(PAGES.resolve("add-an-operation.md"));
        return BLOCK.matcher(pages)
                .results()
                .map(block -> new Block(block.group(1), block.group(2)))
                .toList();
    }
}

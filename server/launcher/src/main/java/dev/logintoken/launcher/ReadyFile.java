package dev.logintoken.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that exists while the service answers, and holds its URL. */
final class ReadyFile {

    private final Path file;
    private boolean removed;

    ReadyFile(Path file) {
        this.file = file;
    }

    /** Makes the file appear with its whole content, unless the service is ending already. */
    synchronized void write(String url) throws IOException {
        if (removed) {
            return;
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, url + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes the file, for good. */
    synchronized void remove() throws IOException {
        removed = true;
        Files.deleteIfExists(file);
    }
}

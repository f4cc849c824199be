package dev.logintoken.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The WAR in this artifact, as a file that lasts as long as this process. */
final class PackedWar {

    private static final String RESOURCE = "/META-INF/login-token/login-token.war";

    private PackedWar() {}

    private static final class Unpacked {
        static final Path FILE = unpack();
    }

    /** Returns the file. It is written once. */
    static Path file() {
        return Unpacked.FILE;
    }

    private static Path unpack() {
        try (InputStream content = PackedWar.class.getResourceAsStream(RESOURCE)) {
            if (content == null) {
                throw new IllegalStateException("There is no " + RESOURCE
                        + " on the class path: run with the jar of login-token-sandbox, not with its classes alone.");
            }
            Path file = Files.createTempFile("login-token-", ".war");
            file.toFile().deleteOnExit();
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.logintoken.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The WAR in this artifact, as a file that lasts as long as this process. A process that was killed leaves its file, so
 * later processes delete it.
 */
final class PackedWar {

    private static final String RESOURCE = "/META-INF/login-token/login-token.war";
    private static final String PREFIX = "login-token-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-.+\\.war");

    /** A younger file may belong to a container that shares the folder: its process ids are unknown here. */
    private static final Duration MIN_AGE = Duration.ofHours(1);

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
            Path file = Files.createTempFile(PREFIX + ProcessHandle.current().pid() + "-", ".war");
            deleteLeftovers(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            file.toFile().deleteOnExit();
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the files of processes that have ended. */
    static void deleteLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*.war")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                        && isOld(file)) {
                    file.toFile().delete(); // It may be another user's, and then stays.
                }
            }
        }
    }

    private static boolean isOld(Path file) {
        return Instant.ofEpochMilli(file.toFile().lastModified())
                .isBefore(Instant.now().minus(MIN_AGE));
    }
}

package dev.logintoken.launcher;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Runs the WAR. It unpacks the WAR into a directory of its own and loads the jars under {@code WEB-INF/launcher}. Then
 * it hands over to {@link Launcher} or {@link Commands}. This class is at the root of the WAR, so it uses only the JDK
 * and {@link HeldJars}.
 */
public final class Archive {

    /** The application's classes as one jar. In the WAR they are a folder. */
    static final String CLASSES = "WEB-INF/classes.jar";

    private static final String LIBRARIES = "WEB-INF/launcher";
    private static final String OURS = LIBRARIES + "/login-token-";
    private static final String CLASSES_FOLDER = "WEB-INF/classes/";
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final String NOT_A_WAR = "This is not the whole archive. Run java -jar login-token.war.";

    /** The command that serves. All others need no Jetty. */
    private static final String SANDBOX = "sandbox";

    private Archive() {}

    /**
     * Starts the service and returns. The service runs until the process ends, and then deletes its directory. If the
     * archive cannot be unpacked, the process ends with one line on standard error and status 1.
     *
     * @param args see {@code --help}
     * @throws Exception if the archive is damaged
     */
    public static void main(String[] args) throws Exception {
        Path archive = Path.of(Archive.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (!Files.isRegularFile(archive)) {
            throw fail(NOT_A_WAR);
        }
        Path directory = createDirectory();
        Thread cleaner = new Thread(() -> delete(directory));
        try {
            unpack(
                    archive,
                    directory,
                    cleaner,
                    args.length == 0 || List.of(args).contains(SANDBOX));
        } catch (IOException e) {
            throw fail("It cannot be unpacked into " + directory + ": " + e);
        }
        if (!Files.isDirectory(directory.resolve(LIBRARIES))) {
            throw fail(NOT_A_WAR);
        }
        handOver(directory, args, cleaner);
    }

    private static Path createDirectory() {
        try {
            return Files.createTempDirectory("login-token-").toRealPath();
        } catch (IOException e) {
            throw fail("It needs a directory to unpack itself, under java.io.tmpdir: " + e);
        }
    }

    /**
     * Unpacks the WAR. It registers the cleaner under the lock that the cleaner needs. So the cleaner waits until
     * nothing more is written.
     */
    private static synchronized void unpack(Path archive, Path directory, Thread cleaner, boolean serves)
            throws IOException {
        Runtime.getRuntime().addShutdownHook(cleaner);
        Files.createDirectory(directory.resolve("WEB-INF"));
        try (JarFile war = new JarFile(archive.toFile());
                JarOutputStream classes = new JarOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(directory.resolve(CLASSES)), BUFFER_BYTES))) {
            classes.setMethod(ZipEntry.STORED);
            for (JarEntry entry : war.stream().toList()) {
                if (entry.getName().startsWith(CLASSES_FOLDER)) {
                    add(war, entry, classes);
                } else if (!entry.isDirectory() && (serves || !isJettys(entry.getName()))) {
                    copy(war, entry, directory);
                }
            }
        }
    }

    /**
     * Adds an entry of the application's classes, uncompressed. Folders are entries, too, since some libraries look for
     * them.
     */
    private static void add(JarFile war, JarEntry entry, JarOutputStream classes) throws IOException {
        String name = entry.getName().substring(CLASSES_FOLDER.length());
        if (!name.isEmpty()) {
            ZipEntry stored = new ZipEntry(name);
            stored.setSize(entry.getSize());
            stored.setCrc(entry.getCrc());
            classes.putNextEntry(stored);
            transfer(war, entry, classes);
        }
    }

    /** Returns whether a command can do without an entry, because only Jetty needs it. */
    private static boolean isJettys(String name) {
        return name.startsWith(LIBRARIES) && !name.startsWith(OURS);
    }

    private static void copy(JarFile war, JarEntry entry, Path directory) throws IOException {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
            throw new IOException("The archive has an entry outside itself: " + entry.getName());
        }
        Files.createDirectories(target.getParent());
        try (OutputStream file = Files.newOutputStream(target)) {
            transfer(war, entry, file);
        }
    }

    /** Copies an entry in large pieces, since each piece is a call of the system. */
    private static void transfer(JarFile war, JarEntry entry, OutputStream to) throws IOException {
        byte[] buffer = new byte[(int) Math.min(entry.getSize(), BUFFER_BYTES)];
        try (InputStream from = war.getInputStream(entry)) {
            for (int read = from.read(buffer); read > 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
            }
        }
    }

    private static void handOver(Path directory, String[] args, Thread cleaner)
            throws IOException, ReflectiveOperationException {
        ClassLoader loader =
                new HeldJars(HeldJars.in(directory.resolve(LIBRARIES)), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass("dev.logintoken.launcher." + (args.length > 0 ? "Commands" : "Launcher"))
                    .getMethod("main", Path.class, String[].class, Thread.class)
                    .invoke(null, directory, args, cleaner);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static synchronized void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("login-token could not delete " + directory + ": " + e);
        }
    }

    /** Ends the process. It returns an exception only so that the compiler sees the caller throw one. */
    private static IllegalStateException fail(String reason) {
        System.err.println("login-token does not start: " + reason);
        System.exit(1);
        return new IllegalStateException(reason);
    }
}

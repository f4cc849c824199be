package dev.logintoken.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The only class at the root of the WAR. Unpacks the archive into a directory of its own, puts the jars under
 * {@code WEB-INF/launcher} on a class path and hands over to {@link Launcher}, or to {@link Commands}, which needs no
 * Jetty. For that it uses the JDK alone and has no nested class.
 */
public final class Main {

    private static final String LIBRARIES = "WEB-INF/launcher";
    private static final String OURS = LIBRARIES + "/login-token-";
    private static final String NOT_A_WAR = "This is not the whole archive. Run java -jar login-token.war.";

    private Main() {}

    /**
     * Starts the service and returns; it runs until the process is told to end, and takes its directory with it. If the
     * archive cannot be unpacked, the process ends with one line on the standard error and status 1.
     *
     * @param args see {@code --help}
     * @throws Exception if the archive is damaged
     */
    public static void main(String[] args) throws Exception {
        Path archive = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!Files.isRegularFile(archive)) {
            throw fail(NOT_A_WAR);
        }
        Path directory = createDirectory();
        Thread cleaner = new Thread(() -> delete(directory));
        try {
            unpack(archive, directory, cleaner, args.length > 0);
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
            // Its real path, because Jetty compares where classes come from.
            return Files.createTempDirectory("login-token-").toRealPath();
        } catch (IOException e) {
            throw fail("It needs a directory to unpack itself, under java.io.tmpdir: " + e);
        }
    }

    /** Registers the cleaner under the lock that it needs, so that it waits until nothing more is written. */
    private static synchronized void unpack(Path archive, Path directory, Thread cleaner, boolean command)
            throws IOException {
        Runtime.getRuntime().addShutdownHook(cleaner);
        try (JarFile jar = new JarFile(archive.toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException("The archive has an entry outside itself: " + entry.getName());
                }
                boolean jetty = entry.getName().startsWith(LIBRARIES)
                        && !entry.getName().startsWith(OURS);
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (!command || !jetty) {
                    Files.createDirectories(target.getParent());
                    try (InputStream content = jar.getInputStream(entry)) {
                        Files.copy(content, target);
                    }
                }
            }
        }
    }

    private static void handOver(Path directory, String[] args, Thread cleaner)
            throws IOException, ReflectiveOperationException {
        List<URL> jars = new ArrayList<>();
        try (var files = Files.newDirectoryStream(directory.resolve(LIBRARIES), "*.jar")) {
            for (Path jar : files) {
                jars.add(jar.toUri().toURL());
            }
        }
        ClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
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
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("login-token could not delete " + directory + ": " + e);
        }
    }

    /** Ends the process; what it returns is for the compiler, to be thrown. */
    private static IllegalStateException fail(String reason) {
        System.err.println("login-token does not start: " + reason);
        System.exit(1);
        return new IllegalStateException(reason);
    }
}

package dev.logintoken.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The only class at the root of the WAR. Unpacks the archive into a directory of its own, puts the jars under
 * {@code WEB-INF/launcher} on a class path and hands over to {@link Launcher}.
 */
public final class Main {

    private Main() {}

    /**
     * Starts the service and returns; it runs until the process is told to end.
     *
     * @param args see {@code --help}
     * @throws Exception if the archive cannot be unpacked
     */
    public static void main(String[] args) throws Exception {
        File archive = new File(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!archive.isFile()) {
            System.err.println("Start the packed archive: java -jar login-token.war");
            System.exit(2);
        }
        Path directory = Files.createTempDirectory("login-token-");
        unpack(archive, directory);
        handOver(directory, args);
    }

    private static void unpack(File archive, Path directory) throws IOException {
        try (JarFile jar = new JarFile(archive)) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException("The archive has an entry outside itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    try (InputStream content = jar.getInputStream(entry)) {
                        Files.copy(content, target);
                    }
                }
            }
        }
    }

    private static void handOver(Path directory, String[] args)
            throws IOException, ReflectiveOperationException, URISyntaxException {
        List<URL> jars = new ArrayList<>();
        try (var files = Files.newDirectoryStream(directory.resolve("WEB-INF/launcher"), "*.jar")) {
            for (Path jar : files) {
                jars.add(url(jar));
            }
        }
        ClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass("dev.logintoken.launcher.Launcher")
                    .getMethod("main", Path.class, String[].class)
                    .invoke(null, directory, args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }
}

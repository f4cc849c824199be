package dev.logintoken.launcher;

import org.jspecify.annotations.Nullable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Loads classes and resources from jars that it opens once and keeps open. A file that is deleted while it is open
 * keeps its content. So nothing is lost when somebody cleans up the jars' directory. The JDK's own loader reopens a jar
 * for many resources.
 */
final class HeldJars extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final List<Jar> jars = new ArrayList<>();

    /**
     * The jar of a package's first class. It most likely has the others, too, so it is searched first. The parent has none
     * of them, and would say so by two exceptions.
     */
    private final Map<String, Jar> packages = new ConcurrentHashMap<>();

    /**
     * Opens jars.
     *
     * @param paths the jars, in the order in which they are searched
     * @param parent the loader that is searched before them
     */
    HeldJars(List<Path> paths, ClassLoader parent) throws IOException {
        super(parent);
        for (Path path : paths) {
            jars.add(new Jar(path, this));
        }
    }

    /**
     * Returns the loader of the application's classes.
     *
     * @param directory the unpacked WAR
     */
    static ClassLoader ofApplication(Path directory, ClassLoader parent) throws IOException {
        List<Path> paths = new ArrayList<>(List.of(directory.resolve("WEB-INF/classes.jar")));
        paths.addAll(in(directory.resolve("WEB-INF/lib")));
        return new HeldJars(paths, parent);
    }

    /** Returns the jars in a folder, sorted by name; none if there is no such folder. */
    static List<Path> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!packages.containsKey(packageOf(name))) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Jar likely = packages.get(packageOf(name));
        Class<?> found = likely == null ? null : define(name, likely);
        for (int i = 0; i < jars.size() && found == null; i++) {
            found = define(name, jars.get(i));
        }
        if (found == null) {
            throw new ClassNotFoundException(name);
        }
        return found;
    }

    /** Returns a class of a jar; null if the jar does not have it. */
    private @Nullable Class<?> define(String name, Jar jar) throws ClassNotFoundException {
        JarEntry entry = jar.file.getJarEntry(name.replace('.', '/') + ".class");
        if (entry == null) {
            return null;
        }
        byte[] bytes = new byte[(int) entry.getSize()];
        try (InputStream content = jar.file.getInputStream(entry)) {
            content.readNBytes(bytes, 0, bytes.length);
            definePackage(name, jar);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        packages.putIfAbsent(packageOf(name), jar);
        return defineClass(name, bytes, 0, bytes.length, jar.domain);
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    private void definePackage(String className, Jar jar) throws IOException {
        String name = packageOf(className);
        if (getDefinedPackage(name) != null) {
            return;
        }
        Manifest manifest = jar.file.getManifest();
        Attributes facts = manifest == null ? new Attributes() : manifest.getMainAttributes();
        try {
            definePackage(
                    name,
                    facts.getValue(Attributes.Name.SPECIFICATION_TITLE),
                    facts.getValue(Attributes.Name.SPECIFICATION_VERSION),
                    facts.getValue(Attributes.Name.SPECIFICATION_VENDOR),
                    facts.getValue(Attributes.Name.IMPLEMENTATION_TITLE),
                    facts.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
                    facts.getValue(Attributes.Name.IMPLEMENTATION_VENDOR),
                    null);
        } catch (IllegalArgumentException e) {
            if (getDefinedPackage(name) == null) { // Else another thread was faster.
                throw e;
            }
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        for (Jar jar : jars) {
            if (jar.file.getJarEntry(name) != null) {
                return jar.url(name);
            }
        }
        return null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.enumeration(jars.stream()
                .filter(jar -> jar.file.getJarEntry(name) != null)
                .map(jar -> jar.url(name))
                .toList());
    }

    /** An open jar, which also serves URLs into it. */
    private static final class Jar extends URLStreamHandler {

        private final Path path;
        private final JarFile file;
        private final ProtectionDomain domain;

        Jar(Path path, ClassLoader loader) throws IOException {
            this.path = path;
            this.file = open(path);
            CodeSource source = new CodeSource(path.toUri().toURL(), (Certificate[]) null);
            this.domain = new ProtectionDomain(source, null, loader, null);
        }

        private static JarFile open(Path path) throws IOException {
            return new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
        }

        URL url(String name) {
            try {
                String entry = new URI(null, null, "/" + name, null).getRawPath();
                return new URL("jar", "", -1, path.toUri() + "!" + entry, this);
            } catch (URISyntaxException | IOException e) {
                throw new IllegalArgumentException(name, e);
            }
        }

        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            return new Connection(url, this);
        }
    }

    /** Reads an entry from the open jar. */
    private static final class Connection extends JarURLConnection {

        private final Jar jar;

        Connection(URL url, Jar jar) throws IOException {
            super(url);
            this.jar = jar;
        }

        @Override
        public void connect() throws IOException {
            getJarEntry();
        }

        @Override
        public JarEntry getJarEntry() throws IOException {
            JarEntry entry = jar.file.getJarEntry(getEntryName());
            if (entry == null) {
                throw new FileNotFoundException(url.toString());
            }
            return entry;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return jar.file.getInputStream(getJarEntry());
        }

        @Override
        public long getContentLengthLong() {
            try {
                return getJarEntry().getSize();
            } catch (IOException e) {
                return -1;
            }
        }

        @Override
        public int getContentLength() {
            return Math.toIntExact(getContentLengthLong());
        }

        /** Opens the jar again, since the caller may close the result. This needs the jar's file. */
        @Override
        public JarFile getJarFile() throws IOException {
            return Jar.open(jar.path);
        }
    }
}

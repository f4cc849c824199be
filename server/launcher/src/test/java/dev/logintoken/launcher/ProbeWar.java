package dev.logintoken.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

import static java.util.Objects.requireNonNull;

/** Packs a WAR with the launcher and a small application, {@link ProbeServlet}. */
final class ProbeWar {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
              <absolute-ordering/>
              <servlet>
                <servlet-name>probe</servlet-name>
                <servlet-class>dev.logintoken.launcher.ProbeServlet</servlet-class>
                <load-on-startup>1</load-on-startup>
              </servlet>
              <servlet-mapping>
                <servlet-name>probe</servlet-name>
                <url-pattern>/*</url-pattern>
              </servlet-mapping>
            </web-app>
            """;

    private ProbeWar() {}

    /** Writes the WAR; one that is not whole lacks the jars of the launcher. */
    static void pack(Path archive, boolean whole) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        try (JarOutputStream war = new JarOutputStream(Files.newOutputStream(archive), manifest)) {
            for (String root : List.of("Main", "Archive", "HeldJars", "HeldJars$Jar", "HeldJars$Connection")) {
                add(war, "", "dev.logintoken.launcher." + root);
            }
            add(war, "WEB-INF/classes/", ProbeServlet.class.getName());
            add(war, "WEB-INF/web.xml", WEB_XML.getBytes(StandardCharsets.UTF_8));
            if (whole) {
                addJars(war, TARGET, "login-token-launcher-*.jar");
                addJars(war, TARGET.resolve("jars"), "*.jar");
            }
        }
    }

    private static void addJars(JarOutputStream war, Path directory, String pattern) throws IOException {
        try (var jars = Files.newDirectoryStream(directory, pattern)) {
            for (Path jar : jars) {
                add(war, "WEB-INF/launcher/" + jar.getFileName(), Files.readAllBytes(jar));
            }
        }
    }

    private static void add(JarOutputStream war, String folder, String type) throws IOException {
        String name = type.replace('.', '/') + ".class";
        try (InputStream content =
                requireNonNull(ProbeWar.class.getClassLoader().getResourceAsStream(name))) {
            add(war, folder + name, content.readAllBytes());
        }
    }

    private static void add(JarOutputStream war, String name, byte[] content) throws IOException {
        war.putNextEntry(new ZipEntry(name));
        war.write(content);
    }
}

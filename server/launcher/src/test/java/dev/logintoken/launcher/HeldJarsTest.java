package dev.logintoken.launcher;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Classes come from the jars, even if these are deleted, and even if two jars have classes of the same package. */
final class HeldJarsTest {

    @TempDir
    Path folder;

    @Test
    void everyClassIsFoundInItsJar() throws Exception {
        Path first = pack("first.jar", StartOptions.class);
        Path second = pack("second.jar", ReadyFile.class);
        HeldJars jars = new HeldJars(List.of(first, second), ClassLoader.getPlatformClassLoader());
        Files.delete(first);
        Files.delete(second);
        assertThat(jars.loadClass(StartOptions.class.getName())).satisfies(type -> isOf(type, first));
        assertThat(jars.loadClass(ReadyFile.class.getName())).satisfies(type -> isOf(type, second));
        assertThat(jars.loadClass(ReadyFile.class.getName())).isSameAs(jars.loadClass(ReadyFile.class.getName()));
        assertThatThrownBy(() -> jars.loadClass(Main.class.getName())).isInstanceOf(ClassNotFoundException.class);
    }

    private static void isOf(Class<?> type, Path jar) {
        assertThat(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .isEqualTo(jar.toString());
    }

    private Path pack(String name, Class<?> type) throws IOException {
        Path jar = folder.resolve(name);
        String entry = type.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream content = requireNonNull(type.getClassLoader().getResourceAsStream(entry))) {
            out.putNextEntry(new JarEntry(entry));
            content.transferTo(out);
        }
        return jar;
    }
}

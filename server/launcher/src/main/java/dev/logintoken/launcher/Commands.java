package dev.logintoken.launcher;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogManager;

/** The application's commands, which it does without a server, from the unpacked WAR. */
final class Commands {

    /** Optional in an application; has {@code public static int run(String[] args)}, which returns the status. */
    private static final String APPLICATION = "dev.logintoken.server.operator.Operator";

    private Commands() {}

    /** Whether arguments ask for what there is, rather than for one of them. */
    static boolean help(String[] args) {
        return args.length == 1 && List.of("--help", "-h", "help").contains(args[0]);
    }

    /**
     * Does a command.
     *
     * @param directory the unpacked WAR
     * @param args at least one
     * @return the status to end with
     */
    static int run(Path directory, String[] args) throws IOException, ReflectiveOperationException {
        if (System.getProperty("java.util.logging.config.file") == null
                && System.getProperty("java.util.logging.config.class") == null) {
            // What went wrong is told in one line.
            LogManager.getLogManager().reset();
        }
        List<URL> path = new ArrayList<>();
        path.add(directory.resolve("WEB-INF/classes").toUri().toURL());
        Path libraries = directory.resolve("WEB-INF/lib");
        if (Files.isDirectory(libraries)) {
            try (var jars = Files.newDirectoryStream(libraries, "*.jar")) {
                for (Path jar : jars) {
                    path.add(jar.toUri().toURL());
                }
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            return (int) loader.loadClass(APPLICATION)
                    .getMethod("run", String[].class)
                    .invoke(null, (Object) args);
        } catch (ClassNotFoundException e) {
            return none(args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static int none(String[] args) {
        if (help(args)) {
            System.out.println("Usage: java -jar login-token.war");
            return 0;
        }
        System.err.println("Unknown: " + args[0] + ". Try --help.");
        return 2;
    }
}

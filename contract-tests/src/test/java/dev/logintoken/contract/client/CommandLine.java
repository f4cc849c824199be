package dev.logintoken.contract.client;

import dev.logintoken.contract.service.Command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The commands of the WAR, from its own classes but in this JVM: a process for each would take ten times as long. {@code
 * LocaleIT} and a test of {@code CommandsIT} run them as processes.
 */
public final class CommandLine implements AutoCloseable {

    private static final String COMMANDS = "dev.logintoken.server.operator.Operator";
    private static final List<String> APPLICATION = List.of("WEB-INF/classes/", "WEB-INF/lib/");

    private final URLClassLoader classes;

    private CommandLine(URLClassLoader classes) {
        this.classes = classes;
    }

    /** Takes the application out of the WAR. */
    public static CommandLine open(Path directory) throws IOException {
        // The JVM looks for drivers once, and would find the application's instead of this JVM's own.
        DriverManager.getDrivers();
        List<URL> path = new ArrayList<>();
        try (JarFile war = new JarFile(System.getProperty("login-token.war"))) {
            for (Enumeration<JarEntry> entries = war.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (!entry.isDirectory() && APPLICATION.stream().anyMatch(entry.getName()::startsWith)) {
                    Path file = directory.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    try (InputStream content = war.getInputStream(entry)) {
                        Files.copy(content, file);
                    }
                    if (entry.getName().endsWith(".jar")) {
                        path.add(file.toUri().toURL());
                    }
                }
            }
        }
        path.add(directory.resolve("WEB-INF/classes").toUri().toURL());
        return new CommandLine(new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
    }

    /**
     * Does a command.
     *
     * @param settings as arguments of a JVM
     * @param input its standard input
     * @param words the command
     */
    public Command run(List<String> settings, String input, List<String> words) throws ReflectiveOperationException {
        InputStream in = System.in;
        PrintStream out = System.out;
        PrintStream err = System.err;
        Properties properties = (Properties) System.getProperties().clone();
        Logger log = Logger.getLogger("");
        Level level = log.getLevel();
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream complaint = new ByteArrayOutputStream();
        try {
            for (String setting : settings) {
                String[] parts = setting.replaceFirst("^-D", "").split("=", 2);
                System.setProperty(parts[0], parts[1]);
            }
            System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complaint, true, StandardCharsets.UTF_8));
            log.setLevel(Level.OFF);
            thread.setContextClassLoader(classes);
            Consumer<Object> server = options -> {
                throw new UnsupportedOperationException("This JVM serves nothing.");
            };
            int status = (int) classes.loadClass(COMMANDS)
                    .getMethod("run", String[].class, Consumer.class)
                    .invoke(null, words.toArray(String[]::new), server);
            return new Command(
                    status, output.toString(StandardCharsets.UTF_8), complaint.toString(StandardCharsets.UTF_8));
        } finally {
            thread.setContextClassLoader(loader);
            log.setLevel(level);
            System.setErr(err);
            System.setOut(out);
            System.setIn(in);
            System.setProperties(properties);
        }
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }
}

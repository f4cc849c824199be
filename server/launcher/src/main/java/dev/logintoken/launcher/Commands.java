package dev.logintoken.launcher;

import dev.logintoken.launcher.log.Logs;
import dev.logintoken.settings.KnownSettings;
import dev.logintoken.settings.Setting;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.LogManager;

/** Runs the application's commands from the unpacked WAR, without a server. It needs no Jetty. */
public final class Commands {

    private static final int FAILED = 1;
    private static final int WRONG = 2;

    /**
     * Optional in an application. The class has {@code public static int run(String[] args, Consumer<Map<String, String>>
     * server)}, which returns the status. A command that needs the service tells {@code server} the {@link StartOptions}.
     */
    private static final String APPLICATION = "dev.logintoken.server.operator.Operator";

    private Commands() {}

    /**
     * Runs a command of the application. Then it starts the service if the command asks for it, or ends the process with
     * the command's status.
     *
     * @param directory the unpacked WAR
     * @param args a command
     * @param cleaner a shutdown hook that deletes the directory
     */
    public static void main(Path directory, String[] args, Thread cleaner) {
        AtomicReference<@Nullable Map<String, String>> server = new AtomicReference<>();
        int status = status(directory, args, server::set);
        Map<String, String> options = server.get();
        if (options == null) {
            System.exit(status);
        } else {
            Launcher.start(directory, cleaner, StartOptions.of(options));
        }
    }

    private static int status(Path directory, String[] args, Consumer<Map<String, String>> server) {
        Encoding.writeUtf8();
        Optional<String> argument = Encoding.garbledArgument(args);
        if (argument.isPresent()) {
            System.err.println("login-token: " + argument.get());
            return WRONG;
        }
        Optional<String> setting = Encoding.garbledSetting();
        if (setting.isPresent()) {
            System.err.println("login-token: " + setting.get());
            return FAILED;
        }
        try {
            int status = run(directory, args, server);
            if (help(args)) {
                System.out.print(settings());
            }
            return status;
        } catch (Throwable e) { // One line, whatever it is.
            System.err.println("login-token failed: " + Failures.firstLine(Failures.rootCause(e)));
            return FAILED;
        }
    }

    /** Returns whether the arguments ask for the general help instead of one command. */
    private static boolean help(String[] args) {
        return args.length == 1 && List.of("--help", "-h", "help").contains(args[0]);
    }

    /**
     * Runs a command.
     *
     * @param directory the unpacked WAR
     * @param args at least one
     * @param server told how to start the service, if the command needs it
     * @return the exit status
     */
    private static int run(Path directory, String[] args, Consumer<Map<String, String>> server)
            throws IOException, ReflectiveOperationException {
        if (!Logs.areConfigured()) {
            // An error is reported in one line, without a log.
            LogManager.getLogManager().reset();
        }
        try {
            ClassLoader loader = HeldJars.ofApplication(directory, ClassLoader.getPlatformClassLoader());
            Thread.currentThread().setContextClassLoader(loader);
            return (int) loader.loadClass(APPLICATION)
                    .getMethod("run", String[].class, Consumer.class)
                    .invoke(null, args, server);
        } catch (ClassNotFoundException e) {
            return none(args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String settings() {
        StringBuilder help = new StringBuilder("""

                Settings, each as a system property (-Dlogintoken.http.port=9090), an environment
                variable (LOGINTOKEN_HTTP_PORT=9090) or a line in ./login-token.properties:
                """);
        for (Setting<?> setting : KnownSettings.all()) {
            help.append("  %s (%s)%n      %s; %s%n"
                    .formatted(
                            setting.key(),
                            setting.otherwise(),
                            setting.meaning(),
                            setting.kind().allowed()));
        }
        return help.toString();
    }

    private static int none(String[] args) {
        if (help(args)) {
            System.out.println("Usage: java -jar login-token.war");
            return 0;
        }
        System.err.println("Unknown: " + args[0] + ". Try --help.");
        return WRONG;
    }
}

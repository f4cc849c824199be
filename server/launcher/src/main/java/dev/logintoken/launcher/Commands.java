package dev.logintoken.launcher;

import dev.logintoken.settings.KnownSettings;
import dev.logintoken.settings.Setting;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.LogManager;

/** Runs the application's commands from the unpacked WAR, without a server. It needs no Jetty. */
public final class Commands {

    private static final int FAILED = 1;
    private static final int WRONG = 2;

    /**
     * Optional in an application. The class has {@code public static int run(String[] args)}, which returns the status.
     */
    private static final String APPLICATION = "dev.logintoken.server.operator.Operator";

    private Commands() {}

    /**
     * Runs a command of the application, and ends the process with its status.
     *
     * @param directory the unpacked WAR
     * @param args a command
     * @param cleaner a shutdown hook that deletes the directory
     */
    public static void main(Path directory, String[] args, Thread cleaner) {
        System.exit(status(directory, args));
    }

    private static int status(Path directory, String[] args) {
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
            int status = run(directory, args);
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
     * @return the exit status
     */
    private static int run(Path directory, String[] args) throws IOException, ReflectiveOperationException {
        if (System.getProperty("java.util.logging.config.file") == null
                && System.getProperty("java.util.logging.config.class") == null) {
            // An error is reported in one line, without a log.
            LogManager.getLogManager().reset();
        }
        try {
            ClassLoader loader = HeldJars.ofApplication(directory, ClassLoader.getPlatformClassLoader());
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

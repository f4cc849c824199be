package dev.logintoken.launcher;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * The class that {@code java -jar} runs. It is compiled for Java 8, uses only Java 8's library, and checks that the
 * running Java is new enough for the rest.
 */
public final class Main {

    /** The oldest supported Java. */
    static final int OLDEST = 17;

    private static final String ARCHIVE = "dev.logintoken.launcher.Archive";

    private Main() {}

    /**
     * Starts the service and returns. The service runs until the process ends. On a Java that is too old, the process ends
     * with one line on standard error and status 1.
     *
     * @param args see {@code --help}
     * @throws Exception if the archive is damaged
     */
    public static void main(String[] args) throws Exception {
        Optional<String> refusal =
                refusal(System.getProperty("java.specification.version"), System.getProperty("java.home"));
        if (refusal.isPresent()) {
            System.err.println("login-token does not start: " + refusal.get());
            System.exit(1);
        }
        try {
            Class.forName(ARCHIVE).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Returns the line that refuses a Java version; empty if it is new enough.
     *
     * @param version the version of the Java specification, such as 1.8 or 17
     * @param home the directory where that Java is installed
     */
    static Optional<String> refusal(String version, String home) {
        String major = version.startsWith("1.") ? version.substring(2) : version;
        return Integer.parseInt(major) >= OLDEST
                ? Optional.empty()
                : Optional.of(
                        "It needs Java " + OLDEST + " or newer, and this is Java " + version + " in " + home + ".");
    }
}

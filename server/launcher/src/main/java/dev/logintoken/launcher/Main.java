package dev.logintoken.launcher;

import java.lang.reflect.InvocationTargetException;

/**
 * What {@code java -jar} runs. It is compiled for Java 8, uses no more than that has, and checks that the Java which runs
 * it is new enough for all the rest.
 */
public final class Main {

    /** The oldest Java that the service runs on. */
    static final int OLDEST = 17;

    private static final String ARCHIVE = "dev.logintoken.launcher.Archive";

    private Main() {}

    /**
     * Starts the service and returns; it runs until the process is told to end. A Java that is too old gets one line on the
     * standard error and status 1.
     *
     * @param args see {@code --help}
     * @throws Exception if the archive is damaged
     */
    public static void main(String[] args) throws Exception {
        String version = System.getProperty("java.specification.version");
        if (!isEnough(version)) {
            System.err.println("login-token does not start: It needs Java " + OLDEST + " or newer, and this is Java "
                    + version + " in " + System.getProperty("java.home") + ".");
            System.exit(1);
        }
        try {
            Class.forName(ARCHIVE).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Whether a specification version, such as 1.8 or 17, is new enough. */
    static boolean isEnough(String version) {
        String major = version.startsWith("1.") ? version.substring(2) : version;
        return Integer.parseInt(major) >= OLDEST;
    }
}

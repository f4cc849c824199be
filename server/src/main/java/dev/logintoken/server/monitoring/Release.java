package dev.logintoken.server.monitoring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * The release that was built.
 *
 * @param version the release's version
 * @param commit the id of the Git commit, followed by {@code -dirty} if files had been changed; {@code unknown} if the
 *     release was not built in a Git repository
 */
public record Release(String version, String commit) {

    private static final String FILE = "release.properties";
    private static final String DIRTY = "-dirty";

    /** Returns the release that the build recorded. */
    public static Release read() {
        Properties built = new Properties();
        try (InputStream file = Release.class.getResourceAsStream(FILE)) {
            built.load(Objects.requireNonNull(file, FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Release(
                built.getProperty("version"),
                built.getProperty("commit") + (built.getProperty("dirty").equals("true") ? DIRTY : ""));
    }

    /** Returns one line for people, such as {@code login-token 1.0.0, commit 4df9e53…}. */
    @Override
    public String toString() {
        return "login-token " + version + ", commit " + commit;
    }
}

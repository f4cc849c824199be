package dev.logintoken.server.config;

import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.KnownSettings;
import dev.logintoken.settings.Values;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The settings that the server reads. {@link ModeChoice} decides whether the node is a sandbox.
 *
 * @param ttl lifetime of a login token, 30 seconds to 1 hour
 * @param database the database to connect to, unless the container binds a data source
 * @param limits the limits of work with the database
 * @param callers who may call a sandbox
 * @param keys the place of the production keys; the sandbox has its own
 * @param website base URL of the website; if it is empty, the sandbox shows the website's pages
 * @param jsonLog whether each line of the access log is a JSON object
 * @param auditRetention how long rows of the audit are kept, up to ten years; zero keeps them forever
 */
public record ServerSettings(
        Duration ttl,
        Optional<Database> database,
        Limits limits,
        Callers callers,
        Keys keys,
        Optional<URI> website,
        boolean jsonLog,
        Duration auditRetention) {

    /**
     * A database to connect to.
     *
     * @param url a JDBC URL of H2 or PostgreSQL
     * @param user the user to connect as; empty if the URL names one
     * @param password its password
     */
    public record Database(String url, Optional<String> user, Optional<String> password) {

        /**
         * The sandbox's default database. A committed row is on disk even if the process is killed: H2's default would
         * delay the write.
         */
        public static final Database EMBEDDED = new Database(
                "jdbc:h2:file:./data/login-token;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                Optional.empty(),
                Optional.empty());

        @Override
        public String toString() {
            return "Database[…]";
        }
    }

    /**
     * The limits of work with a database.
     *
     * @param poolSize the maximum number of open connections, 2 to 1,000; a bound data source has its own limit
     * @param connection how long a request waits for a connection, 1 second to 1 minute; a bound data source has its
     *     own limit
     * @param statement how long a statement may take, 1 second to 5 minutes
     * @param start how long the start waits for a database that does not answer yet, up to 10 minutes
     */
    public record Limits(int poolSize, Duration connection, Duration statement, Duration start) {}

    /**
     * Who may call a sandbox besides programs on this machine. All names are in lower case.
     *
     * @param remote whether other machines and proxies may call
     * @param hosts host names besides the loopback ones that the sandbox answers to
     * @param origins origins of browser apps that may call
     */
    public record Callers(boolean remote, Set<String> hosts, Set<String> origins) {

        /** Returns whether a browser app of this origin may call. A request without an origin has none. */
        public boolean allowsOrigin(@Nullable String origin) {
            return origin != null && origins.contains(origin);
        }
    }

    /**
     * The place of the production keys. At most one of the two is set.
     *
     * @param master 32 secret bytes that wrap the keys in the database
     * @param file a file that has the keys
     */
    public record Keys(Optional<byte[]> master, Optional<Path> file) {
        @Override
        public String toString() {
            return "Keys[…]";
        }
    }

    /**
     * Reads this process's settings.
     *
     * @throws InvalidSettingException if a value is not allowed, or a name is not a setting
     */
    public static ServerSettings load() {
        return from(Values.load());
    }

    /**
     * Returns the server's settings from raw values.
     *
     * @throws InvalidSettingException if one of them is not allowed
     */
    public static ServerSettings from(Values values) {
        return new ServerSettings(
                values.get(KnownSettings.TTL),
                values.find(KnownSettings.DB_URL)
                        .map(url -> new Database(
                                url, values.find(KnownSettings.DB_USER), values.find(KnownSettings.DB_PASSWORD))),
                new Limits(
                        values.get(KnownSettings.DB_POOL_SIZE),
                        values.get(KnownSettings.DB_CONNECTION_TIMEOUT),
                        values.get(KnownSettings.DB_STATEMENT_TIMEOUT),
                        values.get(KnownSettings.DB_START_TIMEOUT)),
                new Callers(
                        values.get(KnownSettings.SANDBOX_REMOTE),
                        values.find(KnownSettings.SANDBOX_HOSTS).orElse(Set.of()),
                        values.find(KnownSettings.SANDBOX_ORIGINS).orElse(Set.of())),
                keys(values),
                values.find(KnownSettings.WEBSITE_BASE_URL),
                values.get(KnownSettings.LOG_JSON),
                values.get(KnownSettings.AUDIT_RETENTION));
    }

    private static Keys keys(Values values) {
        Keys keys = new Keys(values.find(KnownSettings.KEYS_MASTER), values.find(KnownSettings.KEYS_FILE));
        if (keys.master().isPresent() && keys.file().isPresent()) {
            throw new InvalidSettingException(
                    "logintoken.keys.master and logintoken.keys.file are both set: remove one of them.");
        }
        return keys;
    }
}

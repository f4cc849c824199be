package dev.logintoken.server.config;

import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.KnownSettings;
import dev.logintoken.settings.Values;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator has set, as far as the server heeds it. Whether it is a sandbox, {@link ModeChoice} decides.
 *
 * @param ttl life of a login token, 30 seconds to 1 hour
 * @param database where to connect to, unless the container binds a data source
 * @param limits what working with the database is bounded by
 * @param sandboxRemote whether the sandbox serves requests from other than loopback addresses
 * @param sandboxHosts the host names that the sandbox answers to besides the loopback ones, in lower case
 * @param keys where the keys for production are; the sandbox has its own
 * @param website base URL of the website; the sandbox stands in for it if it is empty
 * @param jsonLog whether the line that the log has for each exchange is a JSON object
 * @param auditRetention how long rows of the audit are kept, up to ten years; zero for ever
 */
public record ServerSettings(
        Duration ttl,
        Optional<Database> database,
        Limits limits,
        boolean sandboxRemote,
        Set<String> sandboxHosts,
        Keys keys,
        Optional<URI> website,
        boolean jsonLog,
        Duration auditRetention) {

    /**
     * A database to connect to.
     *
     * @param url a JDBC URL of H2 or PostgreSQL
     * @param user the user to connect as; empty if the URL says it
     * @param password its password
     */
    public record Database(String url, Optional<String> user, Optional<String> password) {

        /**
         * What a sandbox uses unless another is configured. Committed rows are on disk, even if the process is killed:
         * H2's default would delay them.
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
     * What working with a database is bounded by.
     *
     * @param poolSize how many connections are open at most, 1 to 1,000; a bound data source has its own
     * @param connection how long a request waits for one of them, 1 second to 1 minute; likewise
     * @param statement how long a statement may take, 1 second to 5 minutes
     * @param start how long the start waits for a database that does not answer yet, up to 10 minutes
     */
    public record Limits(int poolSize, Duration connection, Duration statement, Duration start) {}

    /**
     * Where the keys for production are; one of the two at most.
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
     * Reads the settings of this process.
     *
     * @throws InvalidSettingException if a value is not allowed, or something is set that is no setting
     */
    public static ServerSettings load() {
        return from(Values.load());
    }

    /**
     * Returns the settings that values amount to.
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
                values.get(KnownSettings.SANDBOX_REMOTE),
                values.find(KnownSettings.SANDBOX_HOSTS).orElse(Set.of()),
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

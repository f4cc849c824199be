package dev.logintoken.server.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What an operator can set, in ascending order of precedence: the file {@code login-token.properties} in the working
 * directory, environment variables ({@code LOGINTOKEN_TTL}), system properties ({@code logintoken.ttl}).
 *
 * @param ttl life of a login token, 30 seconds to 1 hour
 * @param database where to connect to, unless the container binds a data source
 * @param limits what working with the database is bounded by
 * @param sandbox whether sandbox mode is asked for or ruled out; empty leaves it to the way of starting
 * @param sandboxRemote whether the sandbox serves requests from other than loopback addresses
 * @param keys where the keys for production are; the sandbox has its own
 * @param website base URL of the website; the sandbox stands in for it if it is empty
 * @param jsonLog whether the line that the log has for each exchange is a JSON object
 * @param auditRetention how long rows of the audit are kept, up to ten years; zero for ever
 */
public record Settings(
        Duration ttl,
        Optional<Database> database,
        Limits limits,
        Optional<Boolean> sandbox,
        boolean sandboxRemote,
        Keys keys,
        Optional<URI> website,
        boolean jsonLog,
        Duration auditRetention) {

    /** The file read from the working directory, if it exists. */
    public static final String FILE = "login-token.properties";

    private static final int BELOW_ENVIRONMENT = 250;

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
     * @throws InvalidSettingException if a value is not allowed
     */
    public static Settings load() {
        return from(config());
    }

    /**
     * Where the value of a setting comes from.
     *
     * @param key of the setting
     * @param source the first source that has the key
     * @param used whether the service reads it; the settings of {@code java -jar} are its launcher's to read
     */
    public record Origin(String key, String source, boolean used) {}

    /**
     * Where each setting that is set comes from, in the order of the keys. No value is told, since some are secret.
     *
     * @throws InvalidSettingException if a value is not allowed
     */
    public static List<Origin> origins() {
        SmallRyeConfig config = config();
        Set<String> read = new TreeSet<>();
        from(new Source(config, read::add));
        Map<String, Origin> origins = new TreeMap<>();
        for (String key : read) {
            String source = config.getConfigValue(key).getConfigSourceName();
            if (source != null) {
                origins.put(spelling(key), new Origin(key, source, true));
            }
        }
        for (String name : config.getPropertyNames()) {
            if (spelling(name).startsWith("logintoken.")) {
                origins.computeIfAbsent(
                        spelling(name),
                        other -> new Origin(
                                name,
                                String.valueOf(config.getConfigValue(name).getConfigSourceName()),
                                other.startsWith("logintoken.http.")));
            }
        }
        return List.copyOf(origins.values());
    }

    /** A key as the environment spells it, too. */
    private static String spelling(String key) {
        return key.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
    }

    private static SmallRyeConfig config() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultSources();
        Path file = Path.of(FILE);
        if (Files.exists(file)) {
            builder.withSources(read(file));
        }
        return builder.build();
    }

    static Settings from(SmallRyeConfig config) {
        return from(new Source(config, key -> {}));
    }

    private static Settings from(Source source) {
        return new Settings(
                source.seconds("logintoken.ttl", 30, 3600).orElse(Duration.ofMinutes(5)),
                source.text("logintoken.db.url").map(url -> database(source, url)),
                new Limits(
                        source.number("logintoken.db.pool-size", "a whole number", 1, 1000)
                                .orElse(10),
                        source.seconds("logintoken.db.connection-timeout", 1, 60)
                                .orElse(Duration.ofSeconds(5)),
                        source.seconds("logintoken.db.statement-timeout", 1, 300)
                                .orElse(Duration.ofSeconds(5)),
                        source.seconds("logintoken.db.start-timeout", 0, 600).orElse(Duration.ofSeconds(30))),
                source.read("logintoken.sandbox", "true or false", Settings::bool),
                source.read("logintoken.sandbox.remote", "true or false", Settings::bool)
                        .orElse(false),
                keys(source),
                source.read("logintoken.website.base-url", "an absolute http or https URL", Settings::website),
                source.read("logintoken.log.json", "true or false", Settings::bool)
                        .orElse(false),
                source.number("logintoken.audit.retention", "whole days", 0, 3650)
                        .map(Duration::ofDays)
                        .orElse(Duration.ofDays(400)));
    }

    private static Keys keys(Source source) {
        Keys keys = new Keys(
                source.read("logintoken.keys.master", "32 random bytes in base64url without padding", Settings::key),
                source.read("logintoken.keys.file", "a path", Path::of));
        if (keys.master().isPresent() && keys.file().isPresent()) {
            throw new InvalidSettingException(
                    "Two places for keys: set either logintoken.keys.master" + " or logintoken.keys.file.");
        }
        return keys;
    }

    private static Database database(Source source, String url) {
        return new Database(url, source.text("logintoken.db.user"), source.text("logintoken.db.password"));
    }

    private static URI website(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            throw new IllegalArgumentException();
        }
        return uri;
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static byte[] key(String text) {
        byte[] key = Base64.getUrlDecoder().decode(text);
        if (key.length != 32) {
            throw new IllegalArgumentException();
        }
        return key;
    }

    private static ConfigSource read(Path file) {
        try {
            return new PropertiesConfigSource(file.toUri().toURL(), BELOW_ENVIRONMENT);
        } catch (IOException | IllegalArgumentException e) { // The latter for a broken Unicode escape.
            throw new InvalidSettingException("The file " + file.toAbsolutePath() + " cannot be read.");
        }
    }

    /** What is read, and who is told of each key. */
    private record Source(SmallRyeConfig config, Consumer<String> listener) {
        Optional<String> text(String key) {
            listener.accept(key);
            return config.getOptionalValue(key, String.class).filter(value -> !value.isBlank());
        }

        Optional<Duration> seconds(String key, int min, int max) {
            return number(key, "whole seconds", min, max).map(Duration::ofSeconds);
        }

        Optional<Integer> number(String key, String unit, int min, int max) {
            return read(key, unit + " from " + min + " to " + max, text -> {
                int number = Integer.parseInt(text);
                if (number < min || number > max) {
                    throw new IllegalArgumentException();
                }
                return number;
            });
        }

        <T> Optional<T> read(String key, String allowed, Function<String, T> parse) {
            return text(key).map(value -> {
                try {
                    return parse.apply(value.strip());
                } catch (IllegalArgumentException e) {
                    // The value stays out of the message: it may be a secret in the wrong place.
                    throw new InvalidSettingException(key + " must be " + allowed + " (set by "
                            + config.getConfigValue(key).getConfigSourceName() + ").");
                }
            });
        }
    }
}

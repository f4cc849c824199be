package dev.logintoken.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import static dev.logintoken.settings.Setting.Trait.DATABASE;
import static dev.logintoken.settings.Setting.Trait.JAVA_JAR;
import static dev.logintoken.settings.Setting.Trait.PRODUCTION;
import static dev.logintoken.settings.Setting.Trait.SECRET;
import static dev.logintoken.settings.Setting.Trait.SIGN_OF_PRODUCTION;

/** The list of all settings. Any other name that begins with {@link #PREFIX} stops the start. */
public final class KnownSettings {

    /** The prefix of each key. */
    static final String PREFIX = "logintoken.";

    private static final List<Setting<?>> ALL = new ArrayList<>();

    /** Address to listen on. */
    public static final Setting<String> HTTP_HOST = add(Setting.of(
            "logintoken.http.host",
            Kind.matching("a host name or an address", text -> !text.isEmpty()),
            "127.0.0.1",
            "address to listen on",
            JAVA_JAR));

    /** The port to listen on. */
    public static final Setting<Integer> HTTP_PORT = add(Setting.of(
            "logintoken.http.port",
            Kind.number("a port", 0, 65_535),
            "8080",
            "port to listen on, 0 for any free one",
            JAVA_JAR));

    /** The path under which the service answers: {@code /}, or one that starts but does not end with a slash. */
    public static final Setting<String> HTTP_CONTEXT_PATH = add(Setting.of(
            "logintoken.http.context-path",
            Kind.matching("/ or a path like /login", text -> text.equals("/") || text.matches("(/[A-Za-z0-9._~-]+)+")),
            "/",
            "path under which the service answers",
            JAVA_JAR));

    /** How long requests in flight may take when the process ends. */
    public static final Setting<Duration> HTTP_STOP_TIMEOUT = add(Setting.of(
            "logintoken.http.stop-timeout",
            Kind.seconds(0, 300),
            "10",
            "how long requests in flight may take when the process ends",
            JAVA_JAR));

    /** Whether to trust the {@code X-Forwarded} headers of a proxy. */
    public static final Setting<Boolean> HTTP_FORWARDED = add(Setting.of(
            "logintoken.http.forwarded",
            Kind.BOOLEAN,
            "false",
            "whether to trust the X-Forwarded headers of a proxy",
            JAVA_JAR));

    /** True for a sandbox, false for production. */
    public static final Setting<Boolean> SANDBOX = add(Setting.open(
            "logintoken.sandbox",
            Kind.BOOLEAN,
            "true for java -jar without a database, else false",
            "true for a sandbox, false for production"));

    /** Whether the sandbox answers other machines and proxies. */
    public static final Setting<Boolean> SANDBOX_REMOTE = add(Setting.of(
            "logintoken.sandbox.remote",
            Kind.BOOLEAN,
            "false",
            "whether the sandbox answers other machines and proxies"));

    /** Host names that the sandbox answers to besides localhost. */
    public static final Setting<Set<String>> SANDBOX_HOSTS = add(Setting.open(
            "logintoken.sandbox.hosts",
            Kind.HOSTS,
            "none",
            "host names that the sandbox answers to besides localhost"));

    /** Origins of browser apps that may call the sandbox. */
    public static final Setting<Set<String>> SANDBOX_ORIGINS = add(Setting.open(
            "logintoken.sandbox.origins",
            Kind.ORIGINS,
            "none",
            "origins of browser apps that may call the sandbox (CORS)"));

    /** The database, unless the container has a data source. */
    public static final Setting<String> DB_URL = add(Setting.open(
            "logintoken.db.url",
            Kind.matching(
                    "a JDBC URL of H2 or PostgreSQL",
                    text -> text.startsWith("jdbc:h2:") || text.startsWith("jdbc:postgresql:")),
            "none",
            "the database, unless the container has a data source"));

    /** User name for the database. */
    public static final Setting<String> DB_USER =
            add(Setting.open("logintoken.db.user", Kind.TEXT, "none", "user name for the database", DATABASE));

    /** Password for the database. */
    public static final Setting<String> DB_PASSWORD = add(
            Setting.open("logintoken.db.password", Kind.TEXT, "none", "password for the database", SECRET, DATABASE));

    /** Maximum number of open connections. */
    public static final Setting<Integer> DB_POOL_SIZE = add(Setting.of(
            "logintoken.db.pool-size",
            Kind.number("a number of connections", 2, 1000),
            "10",
            "maximum number of open connections"));

    /** How long a request waits for a connection. */
    public static final Setting<Duration> DB_CONNECTION_TIMEOUT = add(Setting.of(
            "logintoken.db.connection-timeout", Kind.seconds(1, 60), "5", "how long a request waits for a connection"));

    /** How long a statement may take. */
    public static final Setting<Duration> DB_STATEMENT_TIMEOUT = add(
            Setting.of("logintoken.db.statement-timeout", Kind.seconds(1, 300), "5", "how long a statement may take"));

    /** How long the start waits for a database that does not answer yet. */
    public static final Setting<Duration> DB_START_TIMEOUT = add(Setting.of(
            "logintoken.db.start-timeout",
            Kind.seconds(0, 600),
            "30",
            "how long the start waits for a database that does not answer yet"));

    /** Master key, which decrypts the keys in the database. */
    public static final Setting<byte[]> KEYS_MASTER = add(Setting.open(
            "logintoken.keys.master",
            Kind.KEY,
            "none; production needs it or logintoken.keys.file",
            "master key, which decrypts the keys in the database",
            SECRET,
            PRODUCTION));

    /** File with the keys, a JWK set. */
    public static final Setting<Path> KEYS_FILE =
            add(Setting.open("logintoken.keys.file", Kind.PATH, "none", "file with the keys, a JWK set", PRODUCTION));

    /** Base URL of the website. */
    public static final Setting<URI> WEBSITE_BASE_URL = add(Setting.open(
            "logintoken.website.base-url",
            Kind.WEBSITE,
            "none; production needs it",
            "base URL of the website",
            SIGN_OF_PRODUCTION));

    /** Whether the access log is written as JSON. */
    public static final Setting<Boolean> LOG_JSON =
            add(Setting.of("logintoken.log.json", Kind.BOOLEAN, "false", "whether the access log is written as JSON"));

    /** How long rows of the audit are kept. */
    public static final Setting<Duration> AUDIT_RETENTION = add(Setting.of(
            "logintoken.audit.retention",
            Kind.days(0, 3650),
            "400",
            "how long rows of the audit are kept, 0 for ever"));

    /** Lifetime of a login token. */
    public static final Setting<Duration> TTL =
            add(Setting.of("logintoken.ttl", Kind.seconds(30, 3600), "300", "lifetime of a login token"));

    private KnownSettings() {}

    /** Returns all settings, in the order of {@code server/docs/configuration.md}. */
    public static List<Setting<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }
}

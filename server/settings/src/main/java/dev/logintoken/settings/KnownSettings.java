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

/** All settings that there are. Whatever else begins with {@link #PREFIX} is refused. */
public final class KnownSettings {

    /** What each key begins with. */
    static final String PREFIX = "logintoken.";

    private static final List<Setting<?>> ALL = new ArrayList<>();

    /** Where to listen. */
    public static final Setting<String> HTTP_HOST = add(Setting.of(
            "logintoken.http.host",
            Kind.matching("a host name or an address", text -> !text.isEmpty()),
            "127.0.0.1",
            "where to listen",
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

    /** How long requests in flight may take after the process was told to end. */
    public static final Setting<Duration> HTTP_STOP_TIMEOUT = add(Setting.of(
            "logintoken.http.stop-timeout",
            Kind.seconds(0, 300),
            "10",
            "how long requests in flight may take after the process was told to end",
            JAVA_JAR));

    /** Whether a proxy in front tells the caller's address and scheme. */
    public static final Setting<Boolean> HTTP_FORWARDED = add(Setting.of(
            "logintoken.http.forwarded",
            Kind.BOOLEAN,
            "false",
            "whether a proxy in front tells the caller's address and scheme",
            JAVA_JAR));

    /** Sandbox or production. */
    public static final Setting<Boolean> SANDBOX = add(Setting.open(
            "logintoken.sandbox",
            Kind.BOOLEAN,
            "true for java -jar without a database, else false",
            "sandbox or production"));

    /** Whether the sandbox serves other machines, and what a proxy forwards. */
    public static final Setting<Boolean> SANDBOX_REMOTE = add(Setting.of(
            "logintoken.sandbox.remote",
            Kind.BOOLEAN,
            "false",
            "whether the sandbox serves other machines, and what a proxy forwards"));

    /** Host names that the sandbox answers to. */
    public static final Setting<Set<String>> SANDBOX_HOSTS = add(Setting.open(
            "logintoken.sandbox.hosts", Kind.HOSTS, "none", "the names that the sandbox answers to besides localhost"));

    /** Where the database is. */
    public static final Setting<String> DB_URL = add(Setting.open(
            "logintoken.db.url",
            Kind.matching(
                    "a JDBC URL of H2 or PostgreSQL",
                    text -> text.startsWith("jdbc:h2:") || text.startsWith("jdbc:postgresql:")),
            "none",
            "the database, unless the container binds one"));

    /** Whom to connect as. */
    public static final Setting<String> DB_USER =
            add(Setting.open("logintoken.db.user", Kind.TEXT, "none", "whom to connect as", DATABASE));

    /** The password for that. */
    public static final Setting<String> DB_PASSWORD =
            add(Setting.open("logintoken.db.password", Kind.TEXT, "none", "the password for that", SECRET, DATABASE));

    /** How many connections are open at most. */
    public static final Setting<Integer> DB_POOL_SIZE = add(Setting.of(
            "logintoken.db.pool-size",
            Kind.number("a number of connections", 2, 1000),
            "10",
            "how many are open at most"));

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

    /** What opens the keys in the database. */
    public static final Setting<byte[]> KEYS_MASTER = add(Setting.open(
            "logintoken.keys.master",
            Kind.KEY,
            "none; production needs it or the next one",
            "opens the keys in the database",
            SECRET,
            PRODUCTION));

    /** A file that has the keys. */
    public static final Setting<Path> KEYS_FILE =
            add(Setting.open("logintoken.keys.file", Kind.PATH, "none", "a JWK set that has the keys", PRODUCTION));

    /** Where the website is. */
    public static final Setting<URI> WEBSITE_BASE_URL = add(Setting.open(
            "logintoken.website.base-url",
            Kind.WEBSITE,
            "none; production needs it",
            "where the website is",
            SIGN_OF_PRODUCTION));

    /** Whether the log's line for an exchange is a JSON object. */
    public static final Setting<Boolean> LOG_JSON = add(Setting.of(
            "logintoken.log.json", Kind.BOOLEAN, "false", "whether the log's line for an exchange is a JSON object"));

    /** How long the rows of the audit are kept. */
    public static final Setting<Duration> AUDIT_RETENTION = add(Setting.of(
            "logintoken.audit.retention",
            Kind.days(0, 3650),
            "400",
            "how long the rows of the audit are kept, 0 for ever"));

    /** Life of a login token. */
    public static final Setting<Duration> TTL =
            add(Setting.of("logintoken.ttl", Kind.seconds(30, 3600), "300", "life of a login token"));

    private KnownSettings() {}

    /** Returns all settings, in the order of the README. */
    public static List<Setting<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }
}

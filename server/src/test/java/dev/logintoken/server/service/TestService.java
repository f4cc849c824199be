package dev.logintoken.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.eclipse.jetty.ee10.webapp.Configuration;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.ee10.webapp.WebXmlConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The service as {@code web.xml} describes it, in this process: Jetty on the loopback interface, and H2 in memory. */
public final class TestService implements AutoCloseable {

    /** Reads JSON. */
    public static final JsonMapper JSON = new JsonMapper();

    /** Long enough for a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** Strong references, so that the loggers keep their levels. A start and each request would fill the output. */
    private static final List<Logger> TALKATIVE = Stream.of(
                    "org.flywaydb",
                    "org.hibernate",
                    "org.glassfish",
                    "com.zaxxer",
                    "dev.logintoken.audit",
                    "dev.logintoken.exchanges")
            .map(Logger::getLogger)
            .toList();

    static {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    private static @Nullable TestService shared;

    private final JdbcDataSource database = new JdbcDataSource();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    private TestService(Map<String, String> settings) {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Map<String, String> all = new TreeMap<>(settings);
        all.put("logintoken.db.url", database.getURL());
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        WebAppContext application = new WebAppContext(null, null, null, null, null, 0);
        application.setContextPath("/");
        application.setBaseResourceAsPath(Path.of("src/main/webapp").toAbsolutePath());
        application.setDefaultsDescriptor(null);
        application.setConfigurations(new Configuration[] {new WebXmlConfiguration()});
        application.setClassLoader(TestService.class.getClassLoader());
        application.setThrowUnavailableOnStartupException(true);
        server.setHandler(application);
        System.getProperties().putAll(all);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("It does not start with " + settings, e);
        } finally {
            all.keySet().forEach(System::clearProperty);
        }
    }

    /** Starts a service with a database of its own. */
    public static TestService start(Map<String, String> settings) {
        return new TestService(settings);
    }

    /**
     * Returns a sandbox that the tests of this process share, without the failed logins of other tests. A sandbox that a
     * test has left unsound is replaced.
     */
    public static synchronized TestService sandbox() {
        if (shared == null || !shared.isSound()) {
            if (shared != null) {
                shared.close();
            }
            shared = start(
                    Map.of("logintoken.sandbox", "true", "logintoken.website.base-url", "https://www.example.com"));
        }
        shared.execute("delete from attempt_bucket");
        return shared;
    }

    private boolean isSound() {
        try {
            return loginToken().statusCode() == 200;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Sends a request; an empty body is none. */
    public HttpResponse<String> send(String method, String path, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url().resolve(path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a GET request with headers, given as names and values. */
    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, map(headers), "");
    }

    /** Posts JSON with headers, given as names and values. */
    public HttpResponse<String> post(String path, Map<String, ?> body, String... headers) {
        Map<String, String> all = new TreeMap<>(map(headers));
        all.put("Content-Type", "application/json");
        return send("POST", path, all, JSON.valueToTree(body).toString());
    }

    /** Asks for a login token of the active user, with more headers, given as names and values. */
    public HttpResponse<String> loginToken(String... more) {
        Map<String, String> headers = new TreeMap<>(map(more));
        headers.put("X-Api-Key", "sandbox-api-key");
        headers.put("User-Identifier", "activeuser000000000000000000000000000000");
        return send("GET", "/api/v1/user/login-token", headers, "");
    }

    /** Calls the interface by which tests control the sandbox, with headers, given as names and values. */
    public HttpResponse<String> control(String method, String path, String... headers) {
        return send(method, "/_sandbox" + path, map(headers), "");
    }

    /** Sets up a provider state and returns its values. */
    public Map<String, String> state(String name, JsonNode params) {
        return change(params.isObject() ? Map.of("state", name, "params", params) : Map.of("state", name));
    }

    /** Tears down a provider state. */
    public void tearDown(String name) {
        change(Map.of("state", name, "action", "teardown"));
    }

    /** Sets the sandbox's clock ahead until the result is closed. */
    public Ahead ahead(int seconds) {
        String clock = "the clock is ahead";
        state(clock, JSON.valueToTree(Map.of("seconds", seconds)));
        return () -> tearDown(clock);
    }

    /** The time while the clock is ahead. */
    public interface Ahead extends AutoCloseable {
        @Override
        void close();
    }

    /** Registers an identifier and returns the path of the page where a user agrees to its link. */
    public String link(String identifier, String returnUrl) {
        return json(post(
                        "/api/v1/user/register-identifier",
                        Map.of("identifier", identifier, "returnUrl", returnUrl),
                        "X-Api-Key",
                        "sandbox-api-key"))
                .path("redirectUrl")
                .path("en-gb")
                .asText()
                .replaceFirst("^https?://[^/]*", "");
    }

    private Map<String, String> change(Map<String, ?> change) {
        HttpResponse<String> answer = post("/_pact/provider-states", change);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        Map<String, String> values = new TreeMap<>();
        json(answer)
                .properties()
                .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
        return values;
    }

    /** Returns a body as JSON. */
    public static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    /** Runs a statement in its database. */
    public void execute(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Returns its URL. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        execute("shutdown");
    }

    /** Returns names and values as a map. */
    public static Map<String, String> map(String... namesAndValues) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}

package dev.logintoken.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.logintoken.server.auth.ClientAuthenticator;
import dev.logintoken.server.auth.Jwts;
import dev.logintoken.server.auth.UserAuthenticator;
import dev.logintoken.server.config.InvalidSettingException;
import dev.logintoken.server.config.Settings;
import dev.logintoken.server.directory.Database;
import dev.logintoken.server.directory.Database.Mode;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.error.ErrorBody;
import dev.logintoken.server.resource.SpecConstraints;
import dev.logintoken.server.resource.UserResource;
import dev.logintoken.server.sandbox.Sandbox;
import dev.logintoken.server.token.LoginTokens;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.h2.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Puts the service together when the web application starts, and takes it apart when it stops. */
public final class Bootstrap implements ServletContextListener {

    /** Context attribute: the JAX-RS resources, filters and the like, as a list of objects. */
    static final String RESOURCES = "dev.logintoken.resources";

    /** Context attribute, set by the launcher: the WAR runs by {@code java -jar}. */
    private static final String EXECUTABLE = "dev.logintoken.executable";

    /** Context attribute, read by the launcher: a {@code Consumer<String>} told the base URL once it answers. */
    private static final String ON_READY = "dev.logintoken.onReady";

    /** Context attribute, read by the launcher: the body for errors raised before the application is reached. */
    private static final String GENERAL_ERROR = "dev.logintoken.generalError";

    /** Committed rows are on disk, even if the process is killed: H2's default would delay them. */
    private static final Settings.Database EMBEDDED = new Settings.Database(
            "jdbc:h2:file:./data/login-token;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", Optional.empty(), Optional.empty());

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);
    private static final String JNDI_NAME = "java:comp/env/jdbc/loginToken";
    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        boolean executable = Boolean.TRUE.equals(context.getAttribute(EXECUTABLE));
        try {
            start(context, executable);
        } catch (InvalidSettingException | Database.WrongModeException e) {
            close();
            if (!executable) {
                // The launcher says it by itself; a container's log may bury it under stack traces.
                LOG.error("login-token does not start: {}", e.getMessage());
            }
            throw e;
        } catch (RuntimeException | JsonProcessingException e) {
            close();
            LOG.error("login-token does not start", e);
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        close();
    }

    private void start(ServletContext context, boolean executable) throws JsonProcessingException {
        Settings settings = Settings.load();
        Optional<DataSource> bound = bound();
        boolean configured = bound.isPresent() || settings.database().isPresent();
        boolean sandbox = settings.sandbox().orElse(executable && !configured);
        if (!configured && !sandbox) {
            throw new InvalidSettingException(
                    "No database: bind the data source jdbc/loginToken or set logintoken.db.url,"
                            + " or ask for the sandbox by logintoken.sandbox=true.");
        }
        context.setAttribute(GENERAL_ERROR, LoginTokenApplication.JSON.writeValueAsString(ErrorBody.GENERAL));
        DataSource dataSource = bound.orElseGet(() -> pool(settings));
        context.setAttribute(
                RESOURCES, sandbox ? sandbox(context, settings, dataSource) : production(settings, dataSource));
        LOG.info("login-token runs in mode {}", sandbox ? Mode.SANDBOX : Mode.PRODUCTION);
    }

    private static List<Object> sandbox(ServletContext context, Settings settings, DataSource dataSource) {
        Sandbox sandbox = Sandbox.open(dataSource, settings.sandboxRemote());
        context.setAttribute(ON_READY, (Consumer<String>) url -> System.out.print(sandbox.banner(url)));
        List<Object> resources = new ArrayList<>(sandbox.resources());
        resources.add(userResource(
                sandbox.directory(),
                sandbox.jwts(),
                new LoginTokens(sandbox.loginTokenKey(), settings.ttl(), sandbox.clock())));
        return resources;
    }

    private static List<Object> production(Settings settings, DataSource dataSource) {
        Settings.Keys keys = settings.keys()
                .orElseThrow(() -> new InvalidSettingException(
                        "No keys: set logintoken.keys.jwt and logintoken.keys.login-token, the same on every node."));
        Clock clock = Clock.systemUTC();
        return List.of(userResource(
                new Directory(Database.open(dataSource, Mode.PRODUCTION)),
                new Jwts("1", keys.jwt(), clock),
                new LoginTokens(new LoginTokens.Key(1, keys.loginToken()), settings.ttl(), clock)));
    }

    private static UserResource userResource(Directory directory, Jwts jwts, LoginTokens loginTokens) {
        return new UserResource(
                new ClientAuthenticator(directory, jwts),
                new UserAuthenticator(directory, jwts, new SpecConstraints()::allowsUserIdentifier),
                loginTokens);
    }

    private DataSource pool(Settings settings) {
        Settings.Database database = settings.database().orElse(EMBEDDED);
        HikariConfig config = new HikariConfig();
        config.setPoolName("login-token");
        config.setMaximumPoolSize(10);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        // Named, because in a container nobody registers the drivers of a web application.
        config.setDriverClassName(Driver.class.getName());
        config.setJdbcUrl(database.url());
        database.user().ifPresent(config::setUsername);
        database.password().ifPresent(config::setPassword);
        HikariDataSource pool = new HikariDataSource(config);
        open.push(pool);
        return pool;
    }

    @SuppressWarnings("BanJNDI") // The name is ours, not a caller's.
    private static Optional<DataSource> bound() {
        try {
            return Optional.ofNullable(InitialContext.doLookup(JNDI_NAME));
        } catch (NamingException e) {
            return Optional.empty();
        }
    }

    private void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("Not closed cleanly", e);
            }
        }
    }
}

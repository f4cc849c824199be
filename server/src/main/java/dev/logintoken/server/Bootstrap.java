package dev.logintoken.server;

import dev.logintoken.server.config.SecretFiles;
import dev.logintoken.server.database.ConnectionPool;
import dev.logintoken.server.failure.WrongModeException;
import dev.logintoken.server.http.AccessLog;
import dev.logintoken.server.http.GeneralError;
import dev.logintoken.server.key.InvalidKeysException;
import dev.logintoken.server.log.LogEscaping;
import dev.logintoken.server.monitoring.Metrics;
import dev.logintoken.server.monitoring.Release;
import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.Values;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Starts the service when the web application starts, and stops it with the web application. */
public final class Bootstrap implements ServletContextListener {

    /** Context attribute, set by the launcher: the WAR runs by {@code java -jar}. */
    static final String EXECUTABLE = "dev.logintoken.executable";

    /**
     * Context attribute, read by the launcher: a {@code Consumer<String>} that takes the base URL once the service
     * answers.
     */
    private static final String ON_READY = "dev.logintoken.onReady";

    /** Context attribute, read by the launcher: the body for errors raised before the application is reached. */
    private static final String GENERAL_ERROR = "dev.logintoken.generalError";

    /**
     * Context attribute, read by the launcher: a {@code BiConsumer<String, Integer>} that takes a refused request's id
     * and status.
     */
    private static final String ON_REFUSED = "dev.logintoken.onRefused";

    /** The name of the servlet in {@code web.xml}. */
    private static final String SERVLET = "login-token";

    /**
     * JNDI names of the data source: the application's and the container's. Not every container maps one to the other.
     */
    private static final List<String> JNDI_NAMES = List.of("java:comp/env/jdbc/loginToken", "jdbc/loginToken");

    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    private final Release release = Release.read();
    private final Metrics metrics = new Metrics(release);
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        boolean executable = Boolean.TRUE.equals(context.getAttribute(EXECUTABLE));
        try {
            start(context, executable);
        } catch (InvalidSettingException | InvalidKeysException | WrongModeException e) {
            close();
            if (!executable) {
                // The launcher prints the message itself; a container's log may bury it under stack traces.
                LOG.error("login-token does not start: {}", e.getMessage());
            }
            throw e;
        } catch (RuntimeException e) {
            close();
            LOG.error("login-token does not start", e);
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        close();
    }

    private void start(ServletContext context, boolean executable) {
        open.push(LogEscaping.start());
        open.push(metrics);
        LOG.info("{}, Java {}", release, Runtime.version());
        Values values = Values.load();
        Installation installation = Installation.of(values, boundDataSource(), executable);
        SecretFiles.warnings(values).forEach(LOG::warn);
        AccessLog accessLog = new AccessLog(metrics, installation.settings().jsonLog());
        context.setAttribute(AccessLog.ATTRIBUTE, accessLog);
        context.setAttribute(GENERAL_ERROR, GeneralError.JSON);
        context.setAttribute(
                ON_REFUSED, (BiConsumer<String, Integer>) (id, status) -> accessLog.failed(id, status, Duration.ZERO));
        Assembly assembly = new Assembly(installation, release, metrics, open::push);
        List<Object> resources = new ArrayList<>(installation.usable(assembly::resources));
        resources.add(accessLog);
        context.setAttribute(LoginTokenApplication.RESOURCES, resources);
        assembly.filter()
                .ifPresent(filter -> context.addFilter("sandbox", filter)
                        .addMappingForServletNames(EnumSet.of(DispatcherType.REQUEST), true, SERVLET));
        assembly.banner()
                .ifPresent(banner ->
                        context.setAttribute(ON_READY, (Consumer<String>) url -> System.out.print(banner.apply(url))));
        LOG.info("login-token runs in mode {} on the {}", installation.mode(), installation.databaseName());
    }

    @SuppressWarnings("BanJNDI") // The name is ours, not a caller's.
    private static Optional<DataSource> boundDataSource() {
        for (String name : JNDI_NAMES) {
            try {
                return Optional.of(InitialContext.<DataSource>doLookup(name));
            } catch (NamingException e) {
                LOG.debug("Nothing is bound as {}", name, e);
            }
        }
        return Optional.empty();
    }

    private void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("Not closed cleanly", e);
            }
        }
        ConnectionPool.deregisterDrivers();
    }
}

package dev.logintoken.server;

import dev.logintoken.server.auth.ClientAuthenticator;
import dev.logintoken.server.auth.Jwts;
import dev.logintoken.server.auth.Jwts.HmacKey;
import dev.logintoken.server.auth.Logins;
import dev.logintoken.server.auth.SessionTokens;
import dev.logintoken.server.auth.Throttle;
import dev.logintoken.server.auth.UserAuthenticator;
import dev.logintoken.server.cache.InvalidationListener;
import dev.logintoken.server.config.ModeChoice;
import dev.logintoken.server.config.SecretFiles;
import dev.logintoken.server.config.ServerSettings;
import dev.logintoken.server.contract.ContractFeature;
import dev.logintoken.server.contract.SpecConstraints;
import dev.logintoken.server.database.ConnectionPool;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.database.Database.Mode;
import dev.logintoken.server.database.UnfitException;
import dev.logintoken.server.directory.Audit;
import dev.logintoken.server.directory.CachedDirectory;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.directory.Profiles;
import dev.logintoken.server.directory.Redemptions;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.http.AccessLog;
import dev.logintoken.server.http.ExchangeLog;
import dev.logintoken.server.http.GeneralError;
import dev.logintoken.server.identifier.LinkConsents;
import dev.logintoken.server.identifier.Links;
import dev.logintoken.server.key.DatabaseKeys;
import dev.logintoken.server.key.InvalidKeysException;
import dev.logintoken.server.key.Key;
import dev.logintoken.server.key.KeyFile;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.key.MasterKey;
import dev.logintoken.server.key.Purpose;
import dev.logintoken.server.key.WrappedKeys;
import dev.logintoken.server.log.LogEscaping;
import dev.logintoken.server.monitoring.HealthResource;
import dev.logintoken.server.monitoring.InfoResource;
import dev.logintoken.server.monitoring.Metrics;
import dev.logintoken.server.monitoring.Release;
import dev.logintoken.server.page.AppResource;
import dev.logintoken.server.page.AssetResource;
import dev.logintoken.server.page.DocsResource;
import dev.logintoken.server.page.LandingResource;
import dev.logintoken.server.page.LinkResource;
import dev.logintoken.server.page.PageFilter;
import dev.logintoken.server.page.Playground;
import dev.logintoken.server.page.PrivateResource;
import dev.logintoken.server.page.WebsiteSessions;
import dev.logintoken.server.resource.ClientResource;
import dev.logintoken.server.resource.SpecResource;
import dev.logintoken.server.resource.SystemResource;
import dev.logintoken.server.resource.UserResource;
import dev.logintoken.server.resource.Website;
import dev.logintoken.server.sandbox.Sandbox;
import dev.logintoken.server.token.LoginTokens;
import dev.logintoken.server.token.LoginTokens.MacKey;
import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.Values;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Puts the service together when the web application starts, and takes it apart when it stops. */
public final class Bootstrap implements ServletContextListener {

    /** Context attribute: the JAX-RS resources, filters and the like, as a list of objects. */
    static final String RESOURCES = "dev.logintoken.resources";

    /** Context attribute, set by the launcher: the WAR runs by {@code java -jar}. */
    static final String EXECUTABLE = "dev.logintoken.executable";

    /** Context attribute, read by the launcher: a {@code Consumer<String>} told the base URL once it answers. */
    private static final String ON_READY = "dev.logintoken.onReady";

    /** Context attribute, read by the launcher: the body for errors raised before the application is reached. */
    private static final String GENERAL_ERROR = "dev.logintoken.generalError";

    /** Context attribute, read by the launcher: a {@code BiConsumer<String, Integer>} told its id and status. */
    private static final String ON_REFUSED = "dev.logintoken.onRefused";

    private static final Duration PURGE_PERIOD = Duration.ofMinutes(5);

    /** Much shorter than a new key's head start. */
    private static final Duration KEYS_PERIOD = Duration.ofSeconds(5);

    /** The application's own name for it, and the container's, where nobody has made the one point to the other. */
    private static final List<String> JNDI_NAMES = List.of("java:comp/env/jdbc/loginToken", "jdbc/loginToken");

    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    private final Release release = Release.read();
    private final Metrics metrics = new Metrics(release);
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Where our own connections lead, unless the container has bound some. */
    private Optional<ConnectionPool.Address> connected = Optional.empty();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        boolean executable = Boolean.TRUE.equals(context.getAttribute(EXECUTABLE));
        try {
            start(context, executable);
        } catch (InvalidSettingException | InvalidKeysException | Database.WrongModeException e) {
            close();
            if (!executable) {
                // The launcher says it by itself; a container's log may bury it under stack traces.
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
        ServerSettings settings = ServerSettings.from(values);
        Optional<DataSource> bound = bound();
        boolean sandbox = ModeChoice.isSandbox(values, bound.isPresent(), executable);
        SecretFiles.warnings(values).forEach(LOG::warn);
        AccessLog exchanges = new AccessLog(metrics, settings.jsonLog());
        context.setAttribute(ExchangeLog.ATTRIBUTE, exchanges);
        context.setAttribute(GENERAL_ERROR, GeneralError.JSON);
        context.setAttribute(
                ON_REFUSED, (BiConsumer<String, Integer>) (id, status) -> exchanges.failed(id, status, Duration.ZERO));
        DataSource dataSource = dataSource(bound, settings);
        try {
            List<Object> resources =
                    sandbox ? sandbox(context, settings, dataSource) : production(settings, dataSource);
            resources.add(exchanges);
            context.setAttribute(RESOURCES, resources);
        } catch (UnfitException e) {
            throw new InvalidSettingException("The " + which(bound, settings) + " cannot be used: " + e.getMessage());
        }
        LOG.info(
                "login-token runs in mode {} on the {}",
                sandbox ? Mode.SANDBOX : Mode.PRODUCTION,
                which(bound, settings));
    }

    private List<Object> sandbox(ServletContext context, ServerSettings settings, DataSource dataSource) {
        Sandbox sandbox = Sandbox.open(
                dataSource, settings.limits().statement(), settings.sandboxRemote(), settings.sandboxHosts());
        context.setAttribute(ON_READY, (Consumer<String>) url -> System.out.print(sandbox.banner(url)));
        List<Object> resources = new ArrayList<>(sandbox.resources());
        resources.addAll(pages(Optional.of(sandbox.playground())));
        resources.add(new AppResource(sandbox.playground()));
        resources.addAll(resources(
                settings,
                sandbox.database(),
                sandbox.directory(),
                sandbox.throttle(),
                sandbox.jwtKeys(),
                sandbox.loginTokenKeys(),
                sandbox.clock(),
                Optional.of(sandbox.website())));
        return resources;
    }

    private List<Object> production(ServerSettings settings, DataSource dataSource) {
        if (settings.keys().master().isEmpty() && settings.keys().file().isEmpty()) {
            throw new InvalidSettingException(
                    "No keys: set logintoken.keys.master, or logintoken.keys.file, the same on every node.");
        }
        if (settings.website().isEmpty()) {
            throw new InvalidSettingException("No website: set logintoken.website.base-url.");
        }
        Clock clock = Clock.systemUTC();
        Database database =
                Database.open(dataSource, Mode.PRODUCTION, settings.limits().statement());
        List<Object> resources = new ArrayList<>(pages(Optional.empty()));
        Function<Purpose, List<Key>> keys = keys(settings.keys(), database, clock);
        KeySet<HmacKey> jwtKeys = new KeySet<>(() -> keys.apply(Purpose.JWT), HmacKey::of, clock);
        KeySet<MacKey> loginTokenKeys = new KeySet<>(() -> keys.apply(Purpose.LOGIN_TOKEN), MacKey::of, clock);
        regularly("keys", KEYS_PERIOD, List.of(jwtKeys::reload, loginTokenKeys::reload));
        Throttle throttle = new Throttle(database, settings.keys().master().orElse(new byte[0]), clock);
        resources.addAll(resources(
                settings,
                database,
                new Directory(database),
                throttle,
                jwtKeys,
                loginTokenKeys,
                clock,
                Optional.empty()));
        return resources;
    }

    /** Reads the keys from where the settings say that they are. */
    private static Function<Purpose, List<Key>> keys(ServerSettings.Keys settings, Database database, Clock clock) {
        return settings.master()
                .<Function<Purpose, List<Key>>>map(master -> {
                    DatabaseKeys kept = new DatabaseKeys(new WrappedKeys(database), new MasterKey(master), clock);
                    kept.makeFirst();
                    return kept::read;
                })
                .orElseGet(() -> new KeyFile(settings.file().orElseThrow())::read);
    }

    /** What people look at, whatever the mode. */
    private static List<Object> pages(Optional<Playground> playground) {
        SpecResource spec = new SpecResource(ContractFeature.JSON);
        return List.of(
                spec,
                new LandingResource(playground),
                new DocsResource(spec, playground),
                new AssetResource(),
                new PageFilter());
    }

    private List<Object> resources(
            ServerSettings settings,
            Database database,
            Directory directory,
            Throttle throttle,
            KeySet<HmacKey> jwtKeys,
            KeySet<MacKey> loginTokenKeys,
            Clock clock,
            Optional<UUID> website) {
        connected.ifPresent(address -> open.push(InvalidationListener.open(database, address)));
        Directory known = new CachedDirectory(database, directory);
        Sessions sessions = new Sessions(database);
        Redemptions redemptions = new Redemptions(database);
        LinkConsents consents = new LinkConsents(database);
        Audit audit = new Audit(database, settings.auditRetention());
        regularly(
                "purge",
                PURGE_PERIOD,
                Stream.<Consumer<Instant>>of(
                                sessions::purge, redemptions::purge, throttle::purge, consents::purge, audit::purge)
                        .<Runnable>map(purge -> () -> purge.accept(clock.instant()))
                        .toList());
        Jwts jwts = new Jwts(jwtKeys, clock);
        Links links = new Links(consents, jwts, clock);
        SpecConstraints constraints = new SpecConstraints();
        Website urls = new Website(settings.website());
        Logins logins = new Logins(throttle);
        SessionTokens tokens = new SessionTokens(sessions, directory, jwts, clock);
        ClientAuthenticator clients = new ClientAuthenticator(known, sessions, jwts);
        UserAuthenticator users = new UserAuthenticator(known, sessions, jwts, constraints::allowsUserIdentifier);
        LoginTokens loginTokens = new LoginTokens(known, redemptions, loginTokenKeys, settings.ttl(), clock);
        List<Object> resources = new ArrayList<>(List.of(
                new HealthResource(List.of(
                        new HealthResource.Check("database", database::ping), new HealthResource.Check("keys", () -> {
                            jwtKeys.signing();
                            loginTokenKeys.signing();
                        }))),
                metrics,
                new InfoResource(release),
                new ClientResource(directory, clients, logins, tokens),
                new SystemResource(clients, urls),
                new UserResource(directory, clients, users, logins, tokens, loginTokens, links, urls, constraints)));
        website.ifPresent(played -> {
            Profiles profiles = new Profiles(database);
            WebsiteSessions visitors = new WebsiteSessions(tokens, users, directory, profiles, played);
            resources.add(new PrivateResource(visitors, loginTokens));
            resources.add(new LinkResource(visitors, links, logins, directory, profiles));
        });
        return resources;
    }

    /** Does things again and again, in a thread of their own; what fails is tried again the next time. */
    @SuppressWarnings("FutureReturnValueIgnored") // Each run reports its own failure.
    private void regularly(String name, Duration period, List<Runnable> tasks) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "login-token-" + name);
            thread.setDaemon(true);
            return thread;
        });
        open.push(executor::shutdownNow);
        Runnable run = () -> {
            try {
                tasks.forEach(Runnable::run);
            } catch (RuntimeException e) {
                LOG.warn("A background task failed and will run again: {}", name, e);
            }
        };
        executor.scheduleWithFixedDelay(run, period.toSeconds(), period.toSeconds(), TimeUnit.SECONDS);
    }

    private DataSource dataSource(Optional<DataSource> bound, ServerSettings settings) {
        ServerSettings.Limits limits = settings.limits();
        try {
            if (bound.isPresent()) {
                ConnectionPool.await(bound.get(), limits.start());
                return bound.get();
            }
            ConnectionPool.Address address = address(settings.database().orElse(ServerSettings.Database.EMBEDDED));
            ConnectionPool pool = ConnectionPool.open(address, limits.poolSize(), limits.connection(), limits.start());
            open.push(pool);
            connected = Optional.of(address);
            pool.measure(metrics.registry());
            return pool.dataSource();
        } catch (ConnectionPool.UnusableException e) {
            throw new InvalidSettingException("The " + which(bound, settings) + " cannot be used: " + e.getMessage());
        }
    }

    private static String which(Optional<DataSource> bound, ServerSettings settings) {
        if (bound.isPresent()) {
            return "data source jdbc/loginToken";
        }
        return settings.database().isPresent() ? "database of logintoken.db.url" : "embedded database";
    }

    private static ConnectionPool.Address address(ServerSettings.Database database) {
        return new ConnectionPool.Address(database.url(), database.user(), database.password());
    }

    @SuppressWarnings("BanJNDI") // The name is ours, not a caller's.
    private static Optional<DataSource> bound() {
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

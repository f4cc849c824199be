package dev.logintoken.server;

import dev.logintoken.server.audit.Audit;
import dev.logintoken.server.auth.ClientAuthenticator;
import dev.logintoken.server.auth.HmacKey;
import dev.logintoken.server.auth.Jwts;
import dev.logintoken.server.auth.Logins;
import dev.logintoken.server.auth.SessionTokens;
import dev.logintoken.server.auth.Throttle;
import dev.logintoken.server.auth.UserAuthenticator;
import dev.logintoken.server.cache.InvalidationListener;
import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.config.ServerSettings;
import dev.logintoken.server.contract.ContractFeature;
import dev.logintoken.server.contract.SpecConstraints;
import dev.logintoken.server.control.PreferredAnswers;
import dev.logintoken.server.database.ConnectionPool;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.database.Database.Mode;
import dev.logintoken.server.directory.CachedDirectory;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.directory.Redemptions;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.directory.StoredDirectory;
import dev.logintoken.server.identifier.LinkConsents;
import dev.logintoken.server.identifier.LinkRequests;
import dev.logintoken.server.identifier.Links;
import dev.logintoken.server.key.Key;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.key.Purpose;
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
import dev.logintoken.server.sandbox.SandboxAssembly;
import dev.logintoken.server.token.LoginTokens;
import dev.logintoken.server.token.MacKey;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import javax.sql.DataSource;

/** The composition root: makes the parts of the service and connects them. */
final class Assembly {

    private static final Duration PURGE_INTERVAL = Duration.ofMinutes(5);

    /** The interval at which keys are read anew: much shorter than a new key's head start. */
    private static final Duration KEYS_INTERVAL = Duration.ofSeconds(5);

    private final Installation installation;
    private final ServerSettings settings;
    private final Release release;
    private final Metrics metrics;
    private final Consumer<AutoCloseable> opened;
    private Optional<UnaryOperator<String>> banner = Optional.empty();

    /**
     * Creates the composition root. The parts are made later.
     *
     * @param opened takes what the caller has to close, in the order of opening
     */
    Assembly(Installation installation, Release release, Metrics metrics, Consumer<AutoCloseable> opened) {
        this.installation = installation;
        this.settings = installation.settings();
        this.release = release;
        this.metrics = metrics;
        this.opened = opened;
    }

    /**
     * The parts that production and sandbox make in different ways.
     *
     * @param directory looks up who calls; the sandbox's fails on purpose for one API key
     */
    private record Foundation(
            Database database,
            StoredDirectory stored,
            Directory directory,
            RowCache cache,
            Throttle throttle,
            KeySet<HmacKey> jwtKeys,
            KeySet<MacKey> loginTokenKeys,
            Clock clock) {}

    /** Connects to the database and returns what Jersey serves: resources and filters. */
    List<Object> resources() {
        Optional<DataSource> bound = installation.boundDataSource();
        DataSource dataSource = bound.orElseGet(this::pooled);
        RowCache cache =
                bound.isPresent() ? RowCache.off() : InvalidationListener.cache(installation.address(), opened);
        return installation.mode() == Mode.SANDBOX ? sandbox(dataSource, cache) : production(dataSource, cache);
    }

    /** Returns the sandbox's banner by the URL of the service; production has none. */
    Optional<UnaryOperator<String>> banner() {
        return banner;
    }

    private DataSource pooled() {
        ServerSettings.Limits limits = settings.limits();
        ConnectionPool pool = installation.connect(limits.poolSize(), limits.start());
        opened.accept(pool);
        pool.measure(metrics.registry());
        return pool.dataSource();
    }

    private List<Object> sandbox(DataSource dataSource, RowCache cache) {
        SandboxAssembly sandbox = SandboxAssembly.open(
                dataSource, cache, settings.limits().statement(), settings.sandboxRemote(), settings.sandboxHosts());
        banner = Optional.of(sandbox::banner);
        StoredDirectory stored = new StoredDirectory(sandbox.database(), cache);
        List<Object> resources = new ArrayList<>(sandbox.resources());
        SpecResource spec = new SpecResource(ContractFeature.JSON);
        resources.add(new PreferredAnswers(spec::document));
        resources.addAll(pages(spec, Optional.of(sandbox.playground())));
        resources.add(new AppResource(sandbox.playground()));
        resources.addAll(resources(
                new Foundation(
                        sandbox.database(),
                        stored,
                        sandbox.failing(new CachedDirectory(stored, cache)),
                        cache,
                        sandbox.throttle(),
                        sandbox.jwtKeys(),
                        sandbox.loginTokenKeys(),
                        sandbox.clock()),
                Optional.of(sandbox)));
        return resources;
    }

    private List<Object> production(DataSource dataSource, RowCache cache) {
        installation.requireKeys();
        installation.requireWebsite();
        Clock clock = Clock.systemUTC();
        Database database =
                Database.open(dataSource, Mode.PRODUCTION, settings.limits().statement());
        Function<Purpose, List<Key>> keys = keys(database, clock);
        KeySet<HmacKey> jwtKeys = new KeySet<>(() -> keys.apply(Purpose.JWT), HmacKey::of, clock);
        KeySet<MacKey> loginTokenKeys = new KeySet<>(() -> keys.apply(Purpose.LOGIN_TOKEN), MacKey::of, clock);
        regularly("keys", KEYS_INTERVAL, List.of(jwtKeys::reload, loginTokenKeys::reload));
        StoredDirectory stored = new StoredDirectory(database, cache);
        List<Object> resources = new ArrayList<>(pages(new SpecResource(ContractFeature.JSON), Optional.empty()));
        resources.addAll(resources(
                new Foundation(
                        database,
                        stored,
                        new CachedDirectory(stored, cache),
                        cache,
                        new Throttle(database, settings.keys().master().orElse(new byte[0]), clock),
                        jwtKeys,
                        loginTokenKeys,
                        clock),
                Optional.empty()));
        return resources;
    }

    /** Returns the reader of the keys, in a file or in the database. */
    private Function<Purpose, List<Key>> keys(Database database, Clock clock) {
        return installation
                .databaseKeys(database, clock)
                .<Function<Purpose, List<Key>>>map(stored -> {
                    stored.makeFirst();
                    return stored::read;
                })
                .orElseGet(() -> installation.keyFile().orElseThrow()::read);
    }

    /** Returns the pages that both modes have. */
    private static List<Object> pages(SpecResource spec, Optional<Playground> playground) {
        return List.of(
                spec,
                new LandingResource(playground),
                new DocsResource(spec, playground),
                new AssetResource(),
                new PageFilter());
    }

    private List<Object> resources(Foundation base, Optional<SandboxAssembly> sandbox) {
        Database database = base.database();
        Sessions sessions = new Sessions(database, base.cache());
        Redemptions redemptions = new Redemptions(database);
        LinkConsents consents = new LinkConsents(database, base.cache());
        purgeRegularly(base, sessions, redemptions, consents);
        Jwts jwts = new Jwts(base.jwtKeys(), base.clock());
        Links links = new Links(consents, new LinkRequests(base.jwtKeys(), base.clock()), base.clock());
        SpecConstraints constraints = new SpecConstraints();
        Website website = new Website(settings.website());
        Logins logins = new Logins(base.throttle());
        SessionTokens tokens = new SessionTokens(sessions, base.stored(), jwts, base.clock());
        ClientAuthenticator clients = new ClientAuthenticator(base.directory(), sessions, jwts);
        UserAuthenticator users =
                new UserAuthenticator(base.directory(), sessions, jwts, constraints::allowsUserIdentifier);
        LoginTokens loginTokens =
                new LoginTokens(base.directory(), redemptions, base.loginTokenKeys(), settings.ttl(), base.clock());
        List<Object> resources = new ArrayList<>(List.of(
                health(base),
                metrics,
                new InfoResource(release),
                new ClientResource(base.stored().partners(), clients, logins, tokens),
                new SystemResource(clients, website),
                new UserResource(
                        base.stored(), clients, users, logins, tokens, loginTokens, links, website, constraints)));
        sandbox.ifPresent(played -> {
            WebsiteSessions visitors = new WebsiteSessions(tokens, users, base.stored(), played.website());
            resources.add(new PrivateResource(visitors, loginTokens));
            resources.add(new LinkResource(visitors, links, logins, base.stored()));
        });
        return resources;
    }

    private static HealthResource health(Foundation base) {
        return new HealthResource(List.of(
                new HealthResource.Check("database", base.database()::ping), new HealthResource.Check("keys", () -> {
                    base.jwtKeys().signing();
                    base.loginTokenKeys().signing();
                })));
    }

    private void purgeRegularly(Foundation base, Sessions sessions, Redemptions redemptions, LinkConsents consents) {
        Audit audit = new Audit(base.database(), settings.auditRetention());
        regularly(
                "purge",
                PURGE_INTERVAL,
                Stream.<Consumer<Instant>>of(
                                sessions::purge,
                                redemptions::purge,
                                base.throttle()::purge,
                                consents::purge,
                                audit::purge)
                        .<Runnable>map(purge -> () -> purge.accept(base.clock().instant()))
                        .toList());
    }

    private void regularly(String name, Duration interval, List<Runnable> tasks) {
        opened.accept(PeriodicTasks.start(name, interval, tasks));
    }
}

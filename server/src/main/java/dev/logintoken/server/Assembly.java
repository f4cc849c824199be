package dev.logintoken.server;

import dev.logintoken.server.audit.Audit;
import dev.logintoken.server.auth.HmacKey;
import dev.logintoken.server.auth.Throttle;
import dev.logintoken.server.cache.InvalidationListener;
import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.config.ServerSettings;
import dev.logintoken.server.contract.ContractFeature;
import dev.logintoken.server.control.Control;
import dev.logintoken.server.database.ConnectionPool;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.database.Database.Mode;
import dev.logintoken.server.directory.CachedDirectory;
import dev.logintoken.server.directory.StoredDirectory;
import dev.logintoken.server.key.Key;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.key.Purpose;
import dev.logintoken.server.monitoring.HealthResource;
import dev.logintoken.server.monitoring.InfoResource;
import dev.logintoken.server.monitoring.Metrics;
import dev.logintoken.server.monitoring.Release;
import dev.logintoken.server.page.AppResource;
import dev.logintoken.server.page.AssetResource;
import dev.logintoken.server.page.LandingResource;
import dev.logintoken.server.page.PageFilter;
import dev.logintoken.server.page.Playground;
import dev.logintoken.server.reference.DocsResource;
import dev.logintoken.server.resource.SpecResource;
import dev.logintoken.server.sandbox.SandboxAssembly;
import dev.logintoken.server.testrun.MemoryDatabases;
import dev.logintoken.server.testrun.RunFilter;
import dev.logintoken.server.testrun.TestRun;
import dev.logintoken.server.testrun.TestRuns;
import dev.logintoken.server.token.MacKey;
import jakarta.servlet.Filter;

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
    private Optional<Filter> filter = Optional.empty();

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

    /** Returns the servlet filter of the sandbox; production has none. */
    Optional<Filter> filter() {
        return filter;
    }

    private DataSource pooled() {
        ServerSettings.Limits limits = settings.limits();
        ConnectionPool pool = installation.connect(limits.poolSize(), limits.start());
        opened.accept(pool);
        pool.measure(metrics.registry());
        return pool.dataSource();
    }

    private List<Object> sandbox(DataSource dataSource, RowCache cache) {
        Duration statement = settings.limits().statement();
        SandboxAssembly sandbox =
                SandboxAssembly.open(dataSource, cache, opened -> Database.open(opened, Mode.SANDBOX, statement));
        banner = Optional.of(sandbox::banner);
        Foundation base = Foundation.of(sandbox, cache);
        Operations operations = new Operations(base, settings);
        TestRuns runs = new TestRuns(
                new TestRun(sandbox, operations.resources()),
                new MemoryDatabases(statement),
                run -> new Operations(Foundation.of(run, RowCache.off()), settings).resources());
        opened.accept(runs);
        filter = Optional.of(new RunFilter(runs));
        regularly("test runs", PURGE_INTERVAL, List.of(runs::forgetIdle));
        SpecResource spec = new SpecResource(ContractFeature.JSON);
        List<Object> resources = new ArrayList<>(Control.resources(runs, spec, settings.callers()));
        resources.addAll(pages(spec, Optional.of(sandbox.playground())));
        resources.add(new AppResource(sandbox.playground()));
        resources.addAll(monitoring(base));
        resources.addAll(runs.operations());
        resources.addAll(operations.websitePages(sandbox));
        purgeRegularly(base, operations);
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
        Foundation base = new Foundation(
                database,
                stored,
                new CachedDirectory(stored, cache),
                cache,
                new Throttle(database, settings.keys().master().orElse(new byte[0]), clock),
                jwtKeys,
                loginTokenKeys,
                clock);
        Operations operations = new Operations(base, settings);
        resources.addAll(monitoring(base));
        resources.addAll(operations.resources());
        purgeRegularly(base, operations);
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
                new LandingResource(spec, playground),
                new DocsResource(spec, playground),
                new AssetResource(playground.isPresent()),
                new PageFilter());
    }

    private List<Object> monitoring(Foundation base) {
        return List.of(health(base), metrics, new InfoResource(release));
    }

    private static HealthResource health(Foundation base) {
        return new HealthResource(List.of(
                new HealthResource.Check("database", base.database()::ping), new HealthResource.Check("keys", () -> {
                    base.jwtKeys().signing();
                    base.loginTokenKeys().signing();
                })));
    }

    private void purgeRegularly(Foundation base, Operations operations) {
        Audit audit = new Audit(base.database(), settings.auditRetention());
        regularly(
                "purge",
                PURGE_INTERVAL,
                Stream.concat(operations.purges().stream(), Stream.<Consumer<Instant>>of(audit::purge))
                        .<Runnable>map(purge -> () -> purge.accept(base.clock().instant()))
                        .toList());
    }

    private void regularly(String name, Duration interval, List<Runnable> tasks) {
        opened.accept(PeriodicTasks.start(name, interval, tasks));
    }
}

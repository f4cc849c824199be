package dev.logintoken.server.sandbox;

import dev.logintoken.server.auth.HmacKey;
import dev.logintoken.server.auth.Jwts;
import dev.logintoken.server.auth.Throttle;
import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.config.ServerSettings.Callers;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Directory;
import dev.logintoken.server.guard.DeveloperOnly;
import dev.logintoken.server.guard.OtherOrigins;
import dev.logintoken.server.key.KeyFile;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.page.Playground;
import dev.logintoken.server.token.MacKey;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.sql.DataSource;

/** Makes the parts that only the sandbox has: published keys, a fixture, provider states and a clock that can be set. */
public final class SandboxAssembly {

    private final FaultyDataSource faulty;
    private final RowCache cache;
    private final Database database;
    private final AdjustableClock clock = new AdjustableClock();
    private final KeySet<HmacKey> jwtKeys = jwtKeys("jwt");
    private final KeySet<MacKey> loginTokenKeys = KeySet.of("0", key("login-token"), MacKey::of);
    private final Jwts jwts = new Jwts(jwtKeys, clock);
    private final Throttle throttle;
    private final StateHandlers states;
    private final AtomicReference<@Nullable String> refusal = new AtomicReference<>();

    private SandboxAssembly(FaultyDataSource faulty, RowCache cache, Function<DataSource, Database> open) {
        this.faulty = faulty;
        this.cache = cache;
        this.database = open.apply(faulty.dataSource());
        this.throttle = new Throttle(database, new byte[0], clock);
        this.states = new StateHandlers(database, cache, faulty, throttle, jwts, loginTokenKeys, clock);
        Fixture.complete(new SandboxData(database, cache, clock));
    }

    /**
     * Opens a sandbox on a database and completes its fixture.
     *
     * @param dataSource the sandbox's own database
     * @param cache the cache to invalidate when a provider state changes the database
     * @param open makes a database out of a data source
     */
    public static SandboxAssembly open(DataSource dataSource, RowCache cache, Function<DataSource, Database> open) {
        return new SandboxAssembly(new FaultyDataSource(dataSource), cache, open);
    }

    /**
     * Returns the resources and filters that only the sandbox serves.
     *
     * @param current returns the sandbox to which a request belongs
     * @param callers who may call
     */
    public static List<Object> resources(Supplier<SandboxAssembly> current, Callers callers) {
        return List.of(
                new ProviderStatesResource(current),
                new RefusedState(current),
                new DeveloperOnly(callers),
                new OtherOrigins(callers));
    }

    /** What fails within the service. */
    public enum Failure {
        /** Nothing. */
        NONE,
        /** The database does not answer. */
        DATABASE,
        /** Every look-up fails permanently. */
        SERVICE
    }

    /** Lets something fail from now on; {@link Failure#NONE} ends it. */
    public void fail(Failure failure) {
        faulty.away(failure == Failure.DATABASE);
        faulty.broken(failure == Failure.SERVICE);
        cache.invalidateAll();
    }

    /** Puts the data back to the fixture. */
    public void restoreFixture() {
        states.restoreFixture();
    }

    StateHandlers states() {
        return states;
    }

    /** Returns the reason why a provider state was refused, which the next API request gets as its answer. */
    AtomicReference<@Nullable String> refusal() {
        return refusal;
    }

    /** Returns the sandbox's database. */
    public Database database() {
        return database;
    }

    /** Returns a directory that fails for the failure API key. */
    public Directory failing(Directory directory) {
        return new FailingDirectory(directory);
    }

    /** Returns the published key of the sandbox's partner and user tokens. */
    public KeySet<HmacKey> jwtKeys() {
        return jwtKeys;
    }

    /** Returns the throttle of the sandbox's logins. */
    public Throttle throttle() {
        return throttle;
    }

    /** Returns the sandbox's clock. */
    public AdjustableClock clock() {
        return clock;
    }

    /** Returns the published key of the sandbox's login tokens. */
    public KeySet<MacKey> loginTokenKeys() {
        return loginTokenKeys;
    }

    /** Returns the id of the partner as which the sandbox plays the website. */
    public UUID website() {
        return Fixture.WEBSITE;
    }

    /** Returns the values that the sandbox's pages show. */
    public Playground playground() {
        return Fixture.playground();
    }

    /**
     * Returns the text that a person sees first after starting the sandbox.
     *
     * @param url the service's base URL, without a slash at the end
     */
    public String banner(String url) {
        return Banner.of(url, jwts);
    }

    /** Returns a published key with the id of the sandbox's own key; the name selects the secret. */
    static KeySet<HmacKey> jwtKeys(String name) {
        return KeySet.of("sandbox", key(name), HmacKey::of);
    }

    /** Returns a published key of 32 bytes. It is readable, so nobody takes it for a secret. */
    private static byte[] key(String name) {
        return "%-32s".formatted(KeyFile.PUBLISHED + name).getBytes(StandardCharsets.US_ASCII);
    }
}

package dev.logintoken.contract.client;

import dev.logintoken.contract.pact.ProviderStatesClient;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.service.TestDatabase;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Starts a sandbox before the tests of a class, and stops it after them; or uses one that many classes share. After each
 * test it tears down the provider states that the test set up.
 */
@SuppressWarnings("NullAway.Init") // Filled before the first test.
public final class SandboxExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private final Function<Path, TestDatabase> databases;
    private final List<String> settings;
    private final boolean shared;

    private Path directory;
    private TestDatabase database;
    private Service service;
    private Api api;
    private ProviderStatesClient states;

    private static final class Shared {

        static final Service INSTANCE = start();

        private static Service start() {
            try {
                Service service = Service.start();
                Runtime.getRuntime().addShutdownHook(new Thread(service::close));
                return service;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Uses a database that need not outlive the sandbox. */
    public SandboxExtension(String... settings) {
        this(directory -> TestDatabase.passing(), settings);
    }

    /**
     * Returns an extension that uses the one sandbox of this JVM, which starts with the first class that needs it. It suits
     * tests that change nothing but provider states and rows of their own, and that count nothing.
     */
    public static SandboxExtension shared() {
        return new SandboxExtension(true, directory -> TestDatabase.passing());
    }

    /**
     * Uses a database of a certain sort.
     *
     * @param databases makes it, given a directory for it
     */
    public SandboxExtension(Function<Path, TestDatabase> databases, String... settings) {
        this(false, databases, settings);
    }

    private SandboxExtension(boolean shared, Function<Path, TestDatabase> databases, String... settings) {
        this.shared = shared;
        this.databases = databases;
        this.settings = List.of(settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (shared) {
            use(Shared.INSTANCE);
        } else {
            directory = Files.createTempDirectory("contract-");
            database = databases.apply(directory);
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        states.tearDown();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!shared) {
            service.close();
        }
    }

    /** Stops it and starts it again on the same database. */
    public void restart() throws IOException {
        service.close();
        start();
    }

    private void start() throws IOException {
        use(Service.startOn(database, directory, settings));
    }

    private void use(Service running) {
        service = running;
        api = new Api(service.url());
        states = new ProviderStatesClient(service.url());
    }

    /** Its process. */
    public Service service() {
        return service;
    }

    /** Calls it. */
    public Api api() {
        return api;
    }

    /** Makes facts true in it. */
    public ProviderStatesClient states() {
        return states;
    }

    /** What it keeps its data in. */
    public TestDatabase database() {
        return database;
    }
}

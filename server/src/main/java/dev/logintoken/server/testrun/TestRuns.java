package dev.logintoken.server.testrun;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.sandbox.SandboxAssembly;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

import javax.sql.DataSource;

/** The test runs by their names, and the one to which the request of the current thread belongs. */
public final class TestRuns implements AutoCloseable {

    /** Request attribute: the id of the operation that a request calls. */
    public static final String OPERATION = "dev.logintoken.operation";

    /** The maximum number of named runs. Each takes about a megabyte. */
    static final int MAX_RUNS = 500;

    /** A named run is forgotten after this time without a request. */
    private static final Duration MAX_IDLE = Duration.ofHours(1);

    private static final ThreadLocal<TestRun> CURRENT = new ThreadLocal<>();

    private final TestRun byDefault;
    private final MemoryDatabases databases;
    private final Function<SandboxAssembly, List<Object>> operations;
    private final Map<String, Named> named = new ConcurrentHashMap<>();

    /**
     * Creates the default run only.
     *
     * @param byDefault the run of all requests that name none
     * @param databases makes the databases of named runs
     * @param operations makes the operations of a named run
     */
    public TestRuns(TestRun byDefault, MemoryDatabases databases, Function<SandboxAssembly, List<Object>> operations) {
        this.byDefault = byDefault;
        this.databases = databases;
        this.operations = operations;
    }

    private record Named(TestRun run, DataSource database) {}

    /**
     * Lets the request of the current thread belong to a run, until {@link #leave}.
     *
     * @param name the run's name; its first request creates it
     * @param injection gives an operation what Jersey injects into resources
     * @throws IllegalStateException if there are too many runs; the message is one line for the caller
     */
    public void enter(Optional<String> name, Consumer<Object> injection) {
        TestRun run = name.map(this::named).orElse(byDefault);
        run.prepare(injection);
        CURRENT.set(run);
    }

    /** Ends the request of the current thread. */
    public void leave() {
        CURRENT.remove();
    }

    /** Returns the run that the current thread's request has entered. */
    Optional<TestRun> entered() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Returns the run of the current thread's request. */
    public TestRun current() {
        return entered().orElse(byDefault);
    }

    /** Returns the run of that name, or the default run if the name is empty. It creates no run. */
    public Optional<TestRun> find(String name) {
        return name.isEmpty()
                ? Optional.of(byDefault)
                : Optional.ofNullable(named.get(name)).map(Named::run);
    }

    /** Returns the names of the runs. */
    public List<String> names() {
        return named.keySet().stream().sorted().toList();
    }

    /** Forgets a run, if there is one. */
    public void delete(String name) {
        Named run = named.remove(name);
        if (run != null) {
            MemoryDatabases.drop(run.database());
        }
    }

    /** Forgets the runs that had no request for an hour. */
    public void forgetIdle() {
        forgetIdle(MAX_IDLE);
    }

    void forgetIdle(Duration time) {
        named.forEach((name, run) -> {
            if (run.run().isIdleFor(time)) {
                delete(name);
            }
        });
    }

    @Override
    public void close() {
        named.keySet().forEach(this::delete);
    }

    /** Returns the operations of the API, as resources: each request reaches those of its run. */
    public List<Object> operations() {
        return byDefault.operations().stream()
                .flatMap(operation -> List.of(operation.getClass().getInterfaces()).stream())
                .map(this::routed)
                .toList();
    }

    private Object routed(Class<?> api) {
        return Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] {api}, (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(this, arguments);
            }
            Object operation = current().operations().stream()
                    .filter(api::isInstance)
                    .findFirst()
                    .orElseThrow();
            try {
                return method.invoke(operation, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        });
    }

    private TestRun named(String name) {
        if (named.size() >= MAX_RUNS && !named.containsKey(name)) {
            throw new IllegalStateException("There are already " + MAX_RUNS + " test runs. Delete one by DELETE"
                    + " /_sandbox/run, or use one of them.");
        }
        return named.computeIfAbsent(name, any -> create()).run();
    }

    private Named create() {
        DataSource database = databases.create();
        SandboxAssembly sandbox = SandboxAssembly.open(database, RowCache.off(), databases::open);
        return new Named(new TestRun(sandbox, operations.apply(sandbox)), database);
    }
}

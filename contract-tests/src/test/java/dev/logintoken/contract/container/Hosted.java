package dev.logintoken.contract.container;

import dev.logintoken.contract.service.Ports;
import dev.logintoken.contract.service.RunningService;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A container that runs, and the WARs that it was given. */
public final class Hosted implements RunningService {

    private static final Path RUNS = Path.of("target/container-runs").toAbsolutePath();
    private static final Path WAR = Path.of(System.getProperty("login-token.war"));
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Container container;
    private final Path base;
    private final int port;
    private final Path console;
    private final Path logs;
    private final Process process;
    private final long begin = System.nanoTime();

    private Hosted(Container container, Path base, int port, Container.Start start, Setup setup) throws IOException {
        this.container = container;
        this.base = base;
        this.port = port;
        this.console = base.resolve("console.log");
        this.logs = start.logs();
        ProcessBuilder builder = new ProcessBuilder(start.command())
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile());
        builder.environment().putAll(start.environment());
        builder.environment().putAll(setup.environment());
        builder.environment().put("JAVA_HOME", container.java().toString());
        this.process = builder.start();
    }

    /** Starts a container with the WAR in it as it is, and waits until that answers. */
    public static Hosted start(Container container, Setup setup) throws IOException {
        Hosted hosted = launch(container, setup, "login-token");
        hosted.awaitReady("login-token");
        return hosted;
    }

    /** Starts a container with the WAR in it under several names, and waits for nothing. */
    static Hosted launch(Container container, Setup setup, String... names) throws IOException {
        Path base = Files.createTempDirectory(Files.createDirectories(RUNS), container + "-");
        int port = Ports.free();
        Container.Start start = container.prepare(base, port, setup);
        boolean early = container.takesWars("");
        if (early) {
            for (String name : names) {
                Files.copy(WAR, container.deployments(base).resolve(name + ".war"));
            }
        }
        Hosted hosted = new Hosted(container, base, port, start, setup);
        if (!early) {
            hosted.await("its start", () -> container.takesWars(hosted.output()));
            for (String name : names) {
                hosted.drop(name);
            }
        }
        return hosted;
    }

    /** Drops the WAR into the running container and waits until it answers. */
    void deploy(String name) throws IOException {
        drop(name);
        awaitReady(name);
    }

    /** The same with a WAR that lacks one of its files. */
    void deployWithout(String file, String name) throws IOException {
        Path copy = Files.copy(WAR, base.resolve(name + ".war"));
        try (FileSystem war = FileSystems.newFileSystem(copy)) {
            Files.delete(war.getPath(file));
        }
        drop(copy);
        awaitReady(name);
    }

    /** Waits until a WAR answers. */
    void awaitReady(String name) {
        await("an answer of " + name, () -> isReady(name));
    }

    private void drop(String name) throws IOException {
        drop(Files.copy(WAR, base.resolve(name + ".war")));
    }

    private void drop(Path copy) throws IOException {
        Files.move(copy, container.deployments(base).resolve(copy.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes a WAR away from the running container and waits until it does not answer any more. */
    void undeploy(String name) throws IOException {
        Files.delete(container.deployments(base).resolve(name + ".war"));
        await("no answer", () -> !isReady(name));
    }

    /** Whether the WAR of that name answers and has its database. */
    boolean isReady(String name) {
        HttpRequest request = HttpRequest.newBuilder(url(name).resolve("/" + name + "/health/ready"))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Copies files of the WAR's libraries, as an operator who needs the driver would. */
    static List<Path> fromWar(String name, Path directory) throws IOException {
        List<Path> copies = new ArrayList<>();
        try (FileSystem war = FileSystems.newFileSystem(WAR);
                Stream<Path> libraries = Files.list(war.getPath("WEB-INF/lib"))) {
            for (Path library : (Iterable<Path>) libraries::iterator) {
                String file = library.getFileName().toString();
                if (file.matches(name)) {
                    copies.add(Files.copy(library, directory.resolve(file)));
                }
            }
        }
        return copies;
    }

    /** A file of the service's settings, in the working directory; read at the next deployment. */
    void writeSettings(String lines) throws IOException {
        Files.writeString(base.resolve("login-token.properties"), lines);
    }

    /** Fails unless the JAX-RS at work is the one that is meant: a container may slip in its own, and answer by it. */
    void assertJaxRs() {
        String origin = container.bringsJaxRs() ? "(?!\\S*/WEB-INF/)\\S+" : "\\S+/WEB-INF/lib/jersey-\\S+";
        String jersey = "org\\.glassfish\\.jersey\\.\\S+ of " + origin;
        assertThat(output()).as("JAX-RS in %s", container).containsPattern("JAX-RS: " + jersey + ", " + jersey);
    }

    /** Waits until the JVM has dropped all classes of the application; if it keeps some, a dump of its heap tells why. */
    void awaitUnloading() {
        BooleanSupplier unloaded = () -> {
            if (container.holdsLastConnection()) {
                isReady("another");
            }
            return jvm().copiesOf("dev.logintoken.server.Bootstrap") == 0;
        };
        await("all classes back", unloaded, () -> jvm().dumpHeap(base.resolve("leak.hprof")));
    }

    /** Waits until something has come about. */
    void await(String what, BooleanSupplier condition) {
        await(what, condition, () -> {});
    }

    private void await(String what, BooleanSupplier condition, Runnable lookWhy) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            boolean late = System.nanoTime() - start > PATIENCE.toNanos();
            if (late || !process.isAlive()) {
                lookWhy.run();
                close();
                throw new IllegalStateException(
                        container + " gave us not " + what + (late ? " in time" : ", but ended") + ":\n" + output());
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Since the process was started. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** The container's JVM. A container's script may have started it as its child. */
    HostedJvm jvm() {
        return new HostedJvm(
                container.java(),
                Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .filter(one -> one.info().command().orElse("").endsWith("/java"))
                        .reduce((earlier, later) -> later)
                        .orElseThrow());
    }

    /** Where a WAR answers that was given under a name. */
    URI url(String name) {
        return URI.create("http://127.0.0.1:" + port + "/" + name);
    }

    /** The file that holds what it prints, and what it logs there. */
    public Path console() {
        return console;
    }

    @Override
    public URI url() {
        return url("login-token");
    }

    @Override
    public String output() {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.isDirectory(logs) ? Files.walk(logs) : Stream.empty()) {
            List<Path> paths = new ArrayList<>(List.of(console));
            files.filter(Files::isRegularFile).forEach(paths::add);
            for (Path path : paths) {
                all.append(Files.readString(path, StandardCharsets.ISO_8859_1)).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            for (ProcessHandle one : all) {
                one.onExit().orTimeout(60, TimeUnit.SECONDS).join();
            }
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}

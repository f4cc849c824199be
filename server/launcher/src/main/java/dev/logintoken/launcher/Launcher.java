package dev.logintoken.launcher;

import dev.logintoken.launcher.http.HttpServer;
import dev.logintoken.launcher.http.HttpSettings;
import dev.logintoken.launcher.log.Logs;
import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.KnownSettings;
import jakarta.servlet.ServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.webapp.Configuration;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.ee10.webapp.WebXmlConfiguration;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Serves the unpacked WAR until the process ends. Then it lets requests finish and deletes its files. */
public final class Launcher {

    /** Context attribute: tells the application that it was started by {@code java -jar}. */
    private static final String EXECUTABLE = "dev.logintoken.executable";

    /**
     * Context attribute, set by the application: a {@code Consumer<String>} that takes the base URL. An application
     * without a greeting does not set it.
     */
    private static final String ON_READY = "dev.logintoken.onReady";

    /**
     * Context attribute, read by the application in a sandbox: a {@code Consumer<ServletRequest>} that closes a request's
     * connection. A container has no API for that.
     */
    private static final String DISCONNECT = "dev.logintoken.disconnect";

    private static final Logger LOG = Logger.getLogger(Launcher.class.getName());

    private final HttpSettings settings;
    private final WebAppContext application;
    private final HttpServer server;
    private final Path directory;
    private final Thread cleaner;
    private final StartOptions options;
    private final Optional<ReadyFile> readyFile;

    private Launcher(Path directory, HttpSettings settings, Thread cleaner, StartOptions options) throws IOException {
        this.directory = directory;
        this.cleaner = cleaner;
        this.options = options;
        this.readyFile = options.readyFile().map(ReadyFile::new);
        this.settings = settings;
        // We use neither the container's sessions nor its logins, so no request has to be searched for them.
        this.application = new WebAppContext(null, null, null, null, null, 0);
        application.setContextPath(settings.contextPath());
        application.setBaseResourceAsPath(directory);
        application.setTempDirectory(directory.resolve("WEB-INF/tmp").toFile());
        // No default servlet for files or pages: the application's own descriptor is complete.
        application.setDefaultsDescriptor(null);
        // The only configuration that Jetty needs for the archive. No library in it has descriptors or resources to
        // search for.
        application.setConfigurations(new Configuration[] {new WebXmlConfiguration()});
        application.setClassLoader(HeldJars.ofApplication(directory, new ServletApi()));
        application.setThrowUnavailableOnStartupException(true);
        application.setAttribute(EXECUTABLE, true);
        application.setAttribute(DISCONNECT, (Consumer<ServletRequest>) Launcher::disconnect);
        this.server = new HttpServer(application, settings);
    }

    private static void disconnect(ServletRequest request) {
        ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }

    /**
     * Starts the service, and returns once it answers. If the start fails, the process ends with one line on standard
     * error and status 1.
     *
     * @param directory the unpacked WAR
     * @param args none
     * @param cleaner a shutdown hook that deletes the directory; once the service runs, it runs after the service has
     *     stopped
     */
    public static void main(Path directory, String[] args, Thread cleaner) {
        Encoding.writeUtf8();
        start(directory, cleaner, StartOptions.PLAIN);
    }

    /** Does the same with options, and takes standard output as it is. */
    static void start(Path directory, Thread cleaner, StartOptions options) {
        if (options.untilStdinCloses()) {
            StandardInput.endProcessAtItsEnd();
        }
        try {
            Logs.configure(options.quiet(), options.logFile());
            Encoding.garbledSetting().ifPresent(line -> {
                throw new InvalidSettingException(line);
            });
            new Launcher(directory, HttpSettings.load(), cleaner, options).start();
        } catch (Throwable e) { // Whatever it is, Jetty's threads would keep the process alive.
            for (Handler log : Logger.getLogger("").getHandlers()) {
                log.flush(); // So that this is the last line.
            }
            System.err.println("login-token does not start: " + Failures.firstLine(Failures.rootCause(e)));
            System.exit(1);
        }
    }

    private void start() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        Runtime.getRuntime().removeShutdownHook(cleaner);
        listen();
        server.start();
        deleteFiles();
        String path = application.getContextPath().equals("/") ? "" : application.getContextPath();
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        String url = "http://" + host + ":" + server.port() + path;
        System.out.println("login-token is ready at " + url);
        if (readyFile.isPresent()) {
            readyFile.get().write(url);
        }
        if (!options.quiet()) {
            greeting().accept(url);
        }
    }

    /** Opens the port first, so that a start fails early if the port is not free. */
    private void listen() {
        try {
            server.open();
        } catch (IOException | UnresolvedAddressException e) {
            throw new InvalidSettingException("It cannot listen on host " + settings.host() + ", port "
                    + settings.port() + ": " + Failures.reason(e) + ". Set another " + KnownSettings.HTTP_HOST
                    + " or "
                    + KnownSettings.HTTP_PORT + ", or stop the process that listens there.");
        }
    }

    /** Deletes what was unpacked. From here on nothing is read from the directory, so cleaning it up does no harm. */
    private void deleteFiles() throws IOException {
        Path applications = application.getTempDirectory().toPath();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path file : paths.filter(path -> Files.isRegularFile(path) && !path.startsWith(applications))
                    .toList()) {
                try {
                    Files.delete(file);
                } catch (IOException e) { // Windows keeps what is open; then it goes with the process.
                    LOG.log(Level.FINE, "Not deleted yet", e);
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // The application's promise, see ON_READY.
    private Consumer<String> greeting() {
        @Nullable Object greeting = application.getServletContext().getAttribute(ON_READY);
        return greeting == null ? url -> {} : (Consumer<String>) greeting;
    }

    private void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            System.err.println("login-token did not stop cleanly: " + Failures.rootCause(e));
        }
        try {
            if (readyFile.isPresent()) {
                readyFile.get().remove();
            }
        } catch (IOException e) {
            System.err.println("login-token could not delete the ready file: " + e);
        }
        cleaner.start();
        try {
            cleaner.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

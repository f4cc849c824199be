package dev.logintoken.launcher.http;

import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

import java.io.IOException;

/** Serves one application over HTTP, within limits for connections, headers, bodies and time. */
public final class HttpServer {

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int IDLE_TIMEOUT_MILLIS = 30_000;
    private static final int MAX_CONNECTIONS = 4_000;
    private static final int CROWDED_IDLE_TIMEOUT_MILLIS = 1_000;

    /** How much the system holds of answers that a caller does not read. Without a limit it is megabytes. */
    private static final int SEND_BUFFER_BYTES = 256 * 1024;

    static {
        // The space between the ends of a queue. Jetty would load JMX to compute it.
        System.getProperties().putIfAbsent("org.eclipse.jetty.util.referencesPerCacheLine", "16");
    }

    private final Server server = new Server(null, null, new RequestBuffers());
    private final ServerConnector connector;

    public HttpServer(WebAppContext application, HttpSettings settings) {
        HttpConnectionFactory protocol = new HttpConnectionFactory(http(settings.forwarded()));
        RequestBuffers.use(protocol);
        this.connector = new ServerConnector(server, protocol);
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
        connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
        server.addConnector(connector);
        // When there are too many connections, those that send nothing for a second are closed.
        NetworkConnectionLimit connections = new NetworkConnectionLimit(MAX_CONNECTIONS, connector);
        connections.setEndPointIdleTimeout(CROWDED_IDLE_TIMEOUT_MILLIS);
        server.addBean(connections);
        server.addBean(new StalledAnswers(server, connector));
        // The time for requests in progress. While Jetty waits for connections to end, it closes a silent one after a
        // second.
        server.setStopTimeout(settings.stopTimeout().toMillis());
        JsonErrors errors = new JsonErrors(application);
        server.setErrorHandler(errors);
        application.setErrorHandler(errors.inApplication());
        server.setHandler(new GracefulHandler(new WholeBodies(application)));
    }

    private static HttpConfiguration http(boolean forwarded) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        // Otherwise Jetty replaces a header by an earlier one of the same connection that differs only in letter case.
        http.setHeaderCacheCaseSensitive(true);
        if (forwarded) {
            http.addCustomizer(new TrustedProxy());
        }
        return http;
    }

    /**
     * Opens the port. Requests wait there until {@link #start}.
     *
     * @throws IOException if the port is not free
     */
    public void open() throws IOException {
        connector.open();
    }

    /** Starts the application, and answers requests. */
    public void start() throws Exception {
        server.start();
    }

    /** Lets the requests in progress finish, then stops the application. */
    public void stop() throws Exception {
        server.stop();
    }

    /** Returns the port, once it is open. */
    public int port() {
        return connector.getLocalPort();
    }
}

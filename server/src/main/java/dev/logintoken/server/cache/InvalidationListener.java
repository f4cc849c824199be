package dev.logintoken.server.cache;

import dev.logintoken.server.database.ConnectionPool;
import dev.logintoken.server.outcome.Causes;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Invalidates the row cache. A dedicated connection listens to PostgreSQL's notifications. A trigger sends one for each
 * change, by any client (see the repeatable migration). Four times a second the listener sends a message to itself.
 * When that message comes back, all earlier notifications have arrived. Without this proof the cache is not used: the
 * connection may be cut, or a pooler may hide the server's sessions.
 */
public final class InvalidationListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InvalidationListener.class);
    private static final Duration PROOF_INTERVAL = Duration.ofMillis(250);
    private static final Duration RECONNECT_INTERVAL = Duration.ofSeconds(1);
    private static final int MAX_SILENCE_MILLIS = 2000;

    /** Matches databases that no other process can open while this one has them open. */
    private static final Pattern EMBEDDED = Pattern.compile("(?i)jdbc:h2:(mem:|file:|[./~])(?!.*;AUTO_SERVER=TRUE).*");

    private final ConnectionPool.Address address;
    private final RowCache cache;

    /** The channel of the listener's own messages. */
    private final String own = "login_token_" + UUID.randomUUID().toString().replace("-", "");

    private final Thread thread = new Thread(this::listen, "login-token-changes");
    private volatile boolean closed;
    private String logged = "";

    private InvalidationListener(ConnectionPool.Address address, RowCache cache) {
        this.address = address;
        this.cache = cache;
        thread.setDaemon(true);
    }

    /**
     * Returns a cache of a database's rows, and listens for changes to them. The cache is off if no notifications can
     * arrive.
     *
     * @param address the address of the database
     * @param opened takes what the caller has to close
     */
    public static RowCache cache(ConnectionPool.Address address, Consumer<AutoCloseable> opened) {
        if (address.url().startsWith("jdbc:postgresql:")) {
            InvalidationListener listener = new InvalidationListener(address, RowCache.off());
            listener.thread.start();
            opened.accept(listener);
            return listener.cache;
        }
        return EMBEDDED.matcher(address.url()).matches() ? RowCache.alone() : RowCache.off();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(MAX_SILENCE_MILLIS);
    }

    private void listen() {
        while (!closed) {
            try (Connection connection = connect()) {
                follow(connection);
            } catch (SQLException | RuntimeException e) {
                cache.unheard();
                logState("Rows are not cached, each request reads the database: " + Causes.root(e));
            }
            try {
                Thread.sleep(closed ? 0 : RECONNECT_INTERVAL.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        address.user().ifPresent(user -> properties.setProperty("user", user));
        address.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("ApplicationName", "login-token-changes");
        properties.setProperty(
                "connectTimeout",
                Long.toString(Duration.ofMillis(MAX_SILENCE_MILLIS).toSeconds()));
        properties.setProperty(
                "socketTimeout",
                Long.toString(Duration.ofMillis(MAX_SILENCE_MILLIS).toSeconds()));
        return Optional.ofNullable(new Driver().connect(address.url(), properties))
                .orElseThrow(() -> new SQLException("the URL is not PostgreSQL's"));
    }

    private void follow(Connection connection) throws SQLException {
        PGConnection messages = connection.unwrap(PGConnection.class);
        try (Statement statement = connection.createStatement()) {
            try (ResultSet session = statement.executeQuery("select pg_backend_pid()")) {
                session.next();
                if (session.getInt(1) != messages.getBackendPID()) {
                    throw new SQLException("a pooler stands in front of the server");
                }
            }
            statement.execute("listen login_token; listen " + own);
            // Changes were missed after an earlier connection was cut.
            cache.invalidateAll();
            long next = System.nanoTime();
            while (!closed) {
                long now = System.nanoTime();
                if (now - next >= 0) {
                    statement.execute("notify " + own + ", '" + now + "'");
                    next = now + PROOF_INTERVAL.toNanos();
                }
                long millis = Duration.ofNanos(next - System.nanoTime()).toMillis();
                PGNotification[] received = messages.getNotifications((int) Math.max(1, millis));
                for (PGNotification message : received == null ? new PGNotification[0] : received) {
                    hear(message);
                }
            }
        }
    }

    private void hear(PGNotification message) {
        if (message.getName().equals(own)) {
            cache.heard(Long.parseLong(message.getParameter()));
            logState("Rows are cached until they change");
        } else {
            RowKey.of(message.getParameter()).ifPresentOrElse(cache::invalidate, cache::invalidateAll);
        }
    }

    private void logState(String state) {
        if (!state.equals(logged) && !closed) {
            LOG.info(state);
            logged = state;
        }
    }
}

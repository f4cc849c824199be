package dev.logintoken.server.cache;

import dev.logintoken.server.database.ConnectionPool;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.outcome.RootCause;
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
import java.util.regex.Pattern;

/**
 * Hears, on a connection of its own, of the changes that are made in PostgreSQL, by whomever (NOTIFY, see the repeatable
 * migration), and proves four times a second that the channel is open by a message to itself: it comes back after all that
 * was told before. A feed that is cut, or that leads through a pooler that hides the server's sessions, proves nothing, so
 * that facts are read from the database again.
 */
public final class InvalidationListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InvalidationListener.class);
    private static final Duration BETWEEN_PROOFS = Duration.ofMillis(250);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
    private static final int SILENCE_MILLIS = 2000;

    /** Databases that no other process can open while this one has them open. */
    private static final Pattern EMBEDDED = Pattern.compile("(?i)jdbc:h2:(mem:|file:|[./~])(?!.*;AUTO_SERVER=TRUE).*");

    private final ConnectionPool.Address address;
    private final RowCache facts;

    /** Where this feed alone listens. */
    private final String own = "login_token_" + UUID.randomUUID().toString().replace("-", "");

    private final Thread listener = new Thread(this::listen, "login-token-changes");
    private volatile boolean closed;
    private String told = "";

    private InvalidationListener(ConnectionPool.Address address, RowCache facts) {
        this.address = address;
        this.facts = facts;
        listener.setDaemon(true);
    }

    /**
     * Lets a database keep facts, if their changes can be heard of.
     *
     * @param address the database's own, by which no other can be meant
     * @return to be closed when the facts are no longer needed
     */
    public static AutoCloseable open(Database database, ConnectionPool.Address address) {
        if (address.url().startsWith("jdbc:postgresql:")) {
            RowCache facts = new RowCache(false);
            database.keep(facts);
            InvalidationListener feed = new InvalidationListener(address, facts);
            feed.listener.start();
            return feed;
        }
        if (EMBEDDED.matcher(address.url()).matches()) {
            database.keep(new RowCache(true));
        }
        return () -> {};
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        listener.interrupt();
        listener.join(SILENCE_MILLIS);
    }

    private void listen() {
        while (!closed) {
            try (Connection connection = connect()) {
                follow(connection);
            } catch (SQLException | RuntimeException e) {
                facts.unheard();
                tell("Rows are not cached, each request reads the database: " + RootCause.of(e));
            }
            try {
                Thread.sleep(closed ? 0 : BETWEEN_ATTEMPTS.toMillis());
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
                Long.toString(Duration.ofMillis(SILENCE_MILLIS).toSeconds()));
        properties.setProperty(
                "socketTimeout", Long.toString(Duration.ofMillis(SILENCE_MILLIS).toSeconds()));
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
            // What was kept by an earlier connection may have changed since that was cut.
            facts.forgetAll();
            long next = System.nanoTime();
            while (!closed) {
                long now = System.nanoTime();
                if (now - next >= 0) {
                    statement.execute("notify " + own + ", '" + now + "'");
                    next = now + BETWEEN_PROOFS.toNanos();
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
            facts.heard(Long.parseLong(message.getParameter()));
            tell("Rows are cached until they change");
        } else {
            RowKey.of(message.getParameter()).ifPresentOrElse(facts::forget, facts::forgetAll);
        }
    }

    private void tell(String state) {
        if (!state.equals(told) && !closed) {
            LOG.info(state);
            told = state;
        }
    }
}

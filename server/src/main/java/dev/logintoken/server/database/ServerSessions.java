package dev.logintoken.server.database;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Checks the server sessions behind a pool's connections. PostgreSQL has to be asked for a session's state. A session
 * of our own pool is checked once, when first seen, because nobody else uses it. A container's pool may lend its
 * connections to other applications, which leave another schema behind. So the schema of its sessions is set each time.
 *
 * <p>PostgreSQL's driver prepares a statement on the server under a name. Behind a pooler such as PgBouncer, the next
 * use of that name may reach another server session. There the name is unknown or means <em>another statement</em>. The
 * driver would take that statement's result for its answer: a valid API key would be unknown. Behind a pooler the
 * driver therefore prepares nothing.
 */
final class ServerSessions {

    private static final Logger LOG = LoggerFactory.getLogger(ServerSessions.class);

    private final Set<Object> examined = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private volatile @Nullable Kind kind;

    /** Whether the pool has handed out another isolation level. It may set it each time. */
    private volatile boolean isolating;

    private volatile boolean pooled;

    private final boolean ours;

    /** The schema of the first connection. It has the tables. */
    private volatile @Nullable String home;

    /**
     * Creates a check that has seen no session yet.
     *
     * @param ours whether nobody else uses the pool's connections
     */
    ServerSessions(boolean ours) {
        this.ours = ours;
    }

    /**
     * The kind of database behind the data source.
     *
     * @param postgresql whether it is a PostgreSQL
     * @param driver the access to its driver, if the pool gives it
     */
    private record Kind(boolean postgresql, Optional<PostgresDriver> driver) {}

    /** Puts the session of a connection into the state that the service needs. */
    void check(Connection connection) throws SQLException {
        Kind known = kind(connection);
        if (!known.postgresql()) {
            // H2 has no read-only sessions, and knows isolation and schema without asking a server.
            isolate(connection);
            enterSchema(connection);
            return;
        }
        if (connection.isReadOnly()) {
            connection.setReadOnly(false);
        }
        boolean unseen = false;
        if (known.driver().isPresent()) {
            PostgresDriver driver = known.driver().get();
            Object session = driver.session(connection);
            unseen = examined.add(session);
            if (unseen) {
                isolating |= !isolated(connection);
                avoidServerPreparedStatements(connection, driver, session);
            }
        }
        if (unseen || !ours) {
            enterSchema(connection);
        }
        if (isolating) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    private Kind kind(Connection connection) throws SQLException {
        Kind known = kind;
        if (known == null) {
            boolean postgresql = PostgresDriver.serves(connection);
            known = new Kind(postgresql, postgresql ? PostgresDriver.of(connection) : Optional.empty());
            kind = known;
            if (postgresql && known.driver().isEmpty()) {
                isolating = !isolated(connection);
                LOG.warn("The data source hides PostgreSQL's driver from us: if a pooler such as PgBouncer stands"
                        + " before the database, add prepareThreshold=0 to the URL of the data source.");
            }
        }
        return known;
    }

    private static boolean isolated(Connection connection) throws SQLException {
        return connection.getTransactionIsolation() == Connection.TRANSACTION_READ_COMMITTED;
    }

    private static void isolate(Connection connection) throws SQLException {
        if (!isolated(connection)) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    /** A container's pool is not asked for the schema: Tomcat's answers from a cache that other users' SQL does not change. */
    private void enterSchema(Connection connection) throws SQLException {
        String known = home;
        if (known == null) {
            home = connection.getSchema();
        } else if (!ours || !known.equals(connection.getSchema())) {
            connection.setSchema(known);
        }
    }

    /** Stops the driver from preparing statements if there is a pooler. */
    private void avoidServerPreparedStatements(Connection connection, PostgresDriver driver, Object session)
            throws SQLException {
        if (!driver.isPooled(connection)) {
            return;
        }
        driver.prepareNothing(session);
        if (!pooled) {
            pooled = true;
            LOG.info("A pooler stands in front of the database: statements are not prepared on the server.");
        }
    }
}

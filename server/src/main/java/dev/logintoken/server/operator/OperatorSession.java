package dev.logintoken.server.operator;

import dev.logintoken.server.administration.Administration;
import dev.logintoken.server.administration.PartnerAdministration;
import dev.logintoken.server.administration.UserAdministration;
import dev.logintoken.server.config.ModeChoice;
import dev.logintoken.server.config.ServerSettings;
import dev.logintoken.server.database.ConnectionPool;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.database.Database.Mode;
import dev.logintoken.server.database.DatabaseProbe;
import dev.logintoken.server.database.UnfitException;
import dev.logintoken.server.key.DatabaseKeys;
import dev.logintoken.server.key.InvalidKeysException;
import dev.logintoken.server.key.Key;
import dev.logintoken.server.key.KeyFile;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.key.MasterKey;
import dev.logintoken.server.key.Purpose;
import dev.logintoken.server.key.WrappedKeys;
import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.Values;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The configured database, connected to for the time of one command. */
final class OperatorSession implements AutoCloseable {

    private static final int CONNECTIONS = 2;

    private final ServerSettings settings;
    private final Mode mode;
    private final ConnectionPool pool;

    private OperatorSession(ServerSettings settings, Mode mode, ConnectionPool pool) {
        this.settings = settings;
        this.mode = mode;
        this.pool = pool;
    }

    /**
     * Connects as a node that is started in this directory would, to a database that answers now.
     *
     * @throws InvalidSettingException if that is not possible
     */
    static OperatorSession open() {
        return open(Values.load());
    }

    /** The same with other values than those of this process. */
    static OperatorSession open(Values values) {
        ServerSettings settings = ServerSettings.from(values);
        // What a container binds as jdbc/loginToken is not known outside of it.
        boolean sandbox = ModeChoice.isSandbox(values, false, true);
        ServerSettings.Database database = settings.database().orElse(ServerSettings.Database.EMBEDDED);
        try {
            ConnectionPool pool = ConnectionPool.open(
                    new ConnectionPool.Address(database.url(), database.user(), database.password()),
                    CONNECTIONS,
                    settings.limits().connection(),
                    Duration.ZERO);
            return new OperatorSession(settings, sandbox ? Mode.SANDBOX : Mode.PRODUCTION, pool);
        } catch (ConnectionPool.UnusableException e) {
            throw new InvalidSettingException("The " + which(settings) + " cannot be used: " + e.getMessage());
        }
    }

    private static String which(ServerSettings settings) {
        return settings.database().isPresent() ? "database of logintoken.db.url" : "embedded database";
    }

    ServerSettings settings() {
        return settings;
    }

    Mode mode() {
        return mode;
    }

    /** The database, which a node or {@link #migrate} has made. */
    Database database() {
        return Database.attach(pool.dataSource(), mode, settings.limits().statement());
    }

    /** Makes the database what this release needs. */
    void migrate() {
        try {
            administration(Database.open(
                            pool.dataSource(), mode, settings.limits().statement()))
                    .migrated();
        } catch (UnfitException e) {
            throw new InvalidSettingException("The " + which(settings) + " cannot be used: " + e.getMessage());
        }
    }

    /** Looks at the database, which is migrated. */
    DatabaseProbe.Findings probe(Clock clock) {
        return DatabaseProbe.look(
                pool.dataSource(), clock, !settings.auditRetention().isZero());
    }

    /** What the database server calls itself. */
    String product() {
        return ConnectionPool.product(pool.dataSource());
    }

    Administration administration() {
        return administration(database());
    }

    /**
     * The keys in the database.
     *
     * @throws RefusedException if they are elsewhere
     */
    DatabaseKeys keys() {
        if (mode == Mode.SANDBOX) {
            throw new RefusedException("The keys of a sandbox are published, and stay as they are.");
        }
        if (settings.keys().file().isPresent()) {
            throw new RefusedException("The keys are in the file of logintoken.keys.file; change that.");
        }
        byte[] master = settings.keys()
                .master()
                .orElseThrow(() -> new RefusedException(
                        "No keys: set logintoken.keys.master," + " or logintoken.keys.file, the same on every node."));
        return new DatabaseKeys(new WrappedKeys(database()), new MasterKey(master), Clock.systemUTC());
    }

    /**
     * Whether a node could sign and verify.
     *
     * @throws RefusedException if it is not told where the keys are
     * @throws InvalidKeysException if they cannot be used
     */
    void checkKeys() {
        Optional<Path> file = settings.keys().file();
        if (mode == Mode.PRODUCTION) {
            for (Purpose purpose : Purpose.values()) {
                List<Key> keys = file.isPresent() ? new KeyFile(file.get()).read(purpose) : keys().read(purpose);
                if (!keys.isEmpty()) { // Else a node makes them as it starts.
                    new KeySet<>(() -> keys, Key::id, Clock.systemUTC()).signing();
                }
            }
        }
    }

    private static Administration administration(Database database) {
        return new Administration(database, Clock.systemUTC(), System.getProperty("user.name"));
    }

    /** The partner of this name or uuid. */
    static PartnerAdministration.Entry partner(Administration administration, String name) {
        return administration
                .partners()
                .find(name)
                .orElseThrow(() -> new RefusedException("There is no partner '" + name + "'."));
    }

    /** The user of this email address or uuid, deleted or not. */
    static UserAdministration.Entry user(Administration administration, String name) {
        return administration
                .users()
                .find(name)
                .orElseThrow(() -> new RefusedException("There is no user '" + name + "'."));
    }

    /** The same, if the user is not deleted. */
    static UUID livingUser(Administration administration, String name) {
        UserAdministration.Entry user = user(administration, name);
        if (user.deletedAt().isPresent()) {
            throw new RefusedException("The user '" + name + "' was deleted.");
        }
        return user.uuid();
    }

    @Override
    public void close() {
        pool.close();
    }
}

package dev.logintoken.server.operator;

import dev.logintoken.server.Installation;
import dev.logintoken.server.administration.Administration;
import dev.logintoken.server.administration.PartnerAdministration;
import dev.logintoken.server.administration.UserAdministration;
import dev.logintoken.server.database.ConnectionPool;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.database.Database.Mode;
import dev.logintoken.server.database.DatabaseProbe;
import dev.logintoken.server.key.DatabaseKeys;
import dev.logintoken.server.key.InvalidKeysException;
import dev.logintoken.server.key.Key;
import dev.logintoken.server.key.KeyFile;
import dev.logintoken.server.key.KeySet;
import dev.logintoken.server.key.Purpose;
import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.Values;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The operator's session: a connection to the configured database for one command. */
final class OperatorSession implements AutoCloseable {

    private static final int CONNECTIONS = 2;

    private final Installation installation;
    private final ConnectionPool pool;

    private OperatorSession(Installation installation, ConnectionPool pool) {
        this.installation = installation;
        this.pool = pool;
    }

    /**
     * Connects to the database that a node in this directory would use. The database has to answer now.
     *
     * @throws InvalidSettingException if no connection can be made
     */
    static OperatorSession open() {
        return open(installation(Values.load()));
    }

    /** Connects to the database of an installation. */
    static OperatorSession open(Installation installation) {
        return new OperatorSession(installation, installation.connect(CONNECTIONS, Duration.ZERO));
    }

    /** Returns the installation of a node in this directory. A container's data source is unknown here. */
    static Installation installation(Values values) {
        return Installation.of(values, Optional.empty(), true);
    }

    Mode mode() {
        return installation.mode();
    }

    /** Returns the database that a node or {@link #migrate} has made. */
    Database database() {
        return Database.attach(pool.dataSource(), mode(), statementTimeout());
    }

    /** Migrates the database to this release. */
    void migrate() {
        installation.usable(() -> {
            administration(Database.open(pool.dataSource(), mode(), statementTimeout()))
                    .migrated();
            return true;
        });
    }

    private Duration statementTimeout() {
        return installation.settings().limits().statement();
    }

    /** Looks at the database. */
    DatabaseProbe.Findings probe(Clock clock) {
        boolean purgesAudit = !installation.settings().auditRetention().isZero();
        return DatabaseProbe.look(pool.dataSource(), clock, purgesAudit);
    }

    /** Returns the name and version of the database server. */
    String product() {
        return ConnectionPool.product(pool.dataSource());
    }

    Administration administration() {
        return administration(database());
    }

    /**
     * Returns the keys in the database.
     *
     * @throws RefusedException if the keys are elsewhere
     */
    DatabaseKeys keys() {
        if (mode() == Mode.SANDBOX) {
            throw new RefusedException("The keys of a sandbox are published, and stay as they are.");
        }
        if (installation.keyFile().isPresent()) {
            throw new RefusedException("The keys are in the file of logintoken.keys.file; change that.");
        }
        if (installation.settings().keys().master().isEmpty()) {
            throw new RefusedException(Installation.NO_KEYS);
        }
        return installation.databaseKeys(database(), Clock.systemUTC()).orElseThrow();
    }

    /**
     * Checks that a node could sign and verify.
     *
     * @throws RefusedException if the settings do not say where the keys are
     * @throws InvalidKeysException if they cannot be used
     */
    void checkKeys() {
        Optional<KeyFile> file = installation.keyFile();
        checkKeys(mode(), Optional.of(purpose -> file.isPresent() ? file.get().read(purpose) : keys().read(purpose)));
    }

    /** Checks the keys that there are. */
    static void checkKeys(Mode mode, Optional<Function<Purpose, List<Key>>> source) {
        if (mode == Mode.PRODUCTION && source.isPresent()) {
            for (Purpose purpose : Purpose.values()) {
                List<Key> keys = source.get().apply(purpose);
                if (!keys.isEmpty()) { // Else a node makes them as it starts.
                    new KeySet<>(() -> keys, Key::id, Clock.systemUTC()).signing();
                }
            }
        }
    }

    private static Administration administration(Database database) {
        return new Administration(database, Clock.systemUTC(), System.getProperty("user.name"));
    }

    /** Returns the partner with this name or uuid. */
    static PartnerAdministration.Details partner(Administration administration, String name) {
        return administration
                .partners()
                .find(name)
                .orElseThrow(() -> new RefusedException("There is no partner '" + name + "'."));
    }

    /** Returns the user with this email address or uuid, deleted or not. */
    static UserAdministration.Details user(Administration administration, String name) {
        return administration
                .users()
                .find(name)
                .orElseThrow(() -> new RefusedException("There is no user '" + name + "'."));
    }

    /** Returns the id of the user with this email address or uuid, unless the user was deleted. */
    static UUID livingUser(Administration administration, String name) {
        UserAdministration.Details user = user(administration, name);
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

package dev.logintoken.server;

import dev.logintoken.server.config.ModeChoice;
import dev.logintoken.server.config.ServerSettings;
import dev.logintoken.server.database.ConnectionPool;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.database.Database.Mode;
import dev.logintoken.server.failure.UnfitException;
import dev.logintoken.server.key.DatabaseKeys;
import dev.logintoken.server.key.KeyFile;
import dev.logintoken.server.key.MasterKey;
import dev.logintoken.server.key.WrappedKeys;
import dev.logintoken.settings.InvalidSettingException;
import dev.logintoken.settings.Values;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import javax.sql.DataSource;

/** Turns settings into a mode, a database, keys and a website, for a node and for the operator's commands alike. */
public final class Installation {

    /** The message about a production installation without keys. */
    public static final String NO_KEYS =
            "No keys: set logintoken.keys.master, or logintoken.keys.file, the same on every node.";

    private final ServerSettings settings;
    private final Mode mode;
    private final Optional<DataSource> bound;

    private Installation(ServerSettings settings, Mode mode, Optional<DataSource> bound) {
        this.settings = settings;
        this.mode = mode;
        this.bound = bound;
    }

    /**
     * Reads an installation from its settings.
     *
     * @param bound the data source that the container binds
     * @param sandboxByDefault whether an installation without a database is a sandbox by default
     * @throws InvalidSettingException if a setting is not allowed, or contradicts another one
     */
    public static Installation of(Values values, Optional<DataSource> bound, boolean sandboxByDefault) {
        ServerSettings settings = ServerSettings.from(values);
        boolean sandbox = ModeChoice.isSandbox(values, bound.isPresent(), sandboxByDefault);
        return new Installation(settings, sandbox ? Mode.SANDBOX : Mode.PRODUCTION, bound);
    }

    /** Returns the settings that need no interpretation. */
    public ServerSettings settings() {
        return settings;
    }

    /** Returns whether this is a sandbox or production. */
    public Mode mode() {
        return mode;
    }

    /** Returns the name of the database in messages. */
    public String databaseName() {
        if (bound.isPresent()) {
            return "data source jdbc/loginToken";
        }
        return settings.database().isPresent() ? "database of logintoken.db.url" : "embedded database";
    }

    /** Returns the address of the database; a bound data source takes its place. */
    public ConnectionPool.Address address() {
        ServerSettings.Database database = settings.database().orElse(ServerSettings.Database.EMBEDDED);
        return new ConnectionPool.Address(database.url(), database.user(), database.password());
    }

    /**
     * Returns the data source that the container binds, once its database answers.
     *
     * @throws InvalidSettingException if it does not answer
     */
    Optional<DataSource> boundDataSource() {
        return bound.map(dataSource -> usable(() -> {
            ConnectionPool.await(dataSource, settings.limits().start());
            return dataSource;
        }));
    }

    /**
     * Connects to the database at the {@link #address}.
     *
     * @param connections the maximum number of connections
     * @param patience how long to wait for a database that does not answer yet
     * @throws InvalidSettingException if no connection can be made
     */
    public ConnectionPool connect(int connections, Duration patience) {
        return usable(() ->
                ConnectionPool.open(address(), connections, settings.limits().connection(), patience));
    }

    /**
     * Uses the database, and names it in the message if it is unfit.
     *
     * @throws InvalidSettingException if it is unfit
     */
    public <T> T usable(Supplier<T> use) {
        try {
            return use.get();
        } catch (UnfitException e) {
            throw new InvalidSettingException("The " + databaseName() + " cannot be used: " + e.getMessage());
        }
    }

    /** Returns the file of keys, if the settings name one. */
    public Optional<KeyFile> keyFile() {
        return settings.keys().file().map(KeyFile::new);
    }

    /** Returns the keys in the database, if the settings have the master key. */
    public Optional<DatabaseKeys> databaseKeys(Database database, Clock clock) {
        return settings.keys()
                .master()
                .map(master -> new DatabaseKeys(new WrappedKeys(database), new MasterKey(master), clock));
    }

    /**
     * Checks that production has keys.
     *
     * @throws InvalidSettingException if it has none
     */
    public void requireKeys() {
        if (mode == Mode.PRODUCTION
                && settings.keys().master().isEmpty()
                && settings.keys().file().isEmpty()) {
            throw new InvalidSettingException(NO_KEYS);
        }
    }

    /**
     * Checks that production has a website.
     *
     * @throws InvalidSettingException if it has none
     */
    public void requireWebsite() {
        if (mode == Mode.PRODUCTION && settings.website().isEmpty()) {
            throw new InvalidSettingException("No website: set logintoken.website.base-url.");
        }
    }
}

package dev.logintoken.server.sandbox;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.StoredDirectory;
import dev.logintoken.server.directory.User;
import org.h2.jdbcx.JdbcConnectionPool;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The fixture in a new database in memory, with a clock that stands still. It can also change partners and users. */
public final class TestSandbox implements AutoCloseable {

    public static final String API_KEY = Fixture.API_KEY;

    public static final UUID PARTNER = Fixture.PARTNER;
    public static final UUID WEBSITE = Fixture.WEBSITE;
    public static final UUID ELSEWHERE = Fixture.ELSEWHERE;

    public static final UUID ACTIVE_USER = Fixture.ACTIVE_USER;
    public static final UUID OTHER_USER = Fixture.OTHER_USER;
    public static final UUID PENDING_USER = Fixture.PENDING_USER;
    public static final UUID DELETED_USER = Fixture.DELETED_USER;

    public static final String ACTIVE_IDENTIFIER = Fixture.ACTIVE_IDENTIFIER;
    public static final String DELETED_IDENTIFIER = Fixture.DELETED_IDENTIFIER;
    public static final String UNLINKED_IDENTIFIER = Fixture.UNLINKED_IDENTIFIER;
    public static final String ELSEWHERE_IDENTIFIER = Fixture.ELSEWHERE_IDENTIFIER;

    /**
     * Strong references, so that the loggers keep their levels. A migration and some tokens in each test would fill the
     * output.
     */
    private static final List<Logger> TALKATIVE =
            List.of(Logger.getLogger("org.flywaydb"), Logger.getLogger("dev.logintoken.audit"));

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "", "");
    private final Database database;
    private final StoredDirectory directory;
    private final SandboxData data;

    /** Opens a database, migrates it and inserts the fixture. */
    public TestSandbox() {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        database = Database.open(pool, Database.Mode.SANDBOX, Duration.ofSeconds(5));
        directory = new StoredDirectory(database, RowCache.off());
        data = new SandboxData(database, RowCache.off(), clock);
        Fixture.complete(data);
    }

    public Database database() {
        return database;
    }

    public StoredDirectory directory() {
        return directory;
    }

    /** Returns a clock that shows {@link #now}. */
    public Clock clock() {
        return clock;
    }

    /** Returns the time: noon of a day in March, plus the time that has passed. */
    public Instant now() {
        return now;
    }

    /** Lets time pass. A negative duration sets the clock back. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Returns a partner's current state. */
    public Partner partner(UUID uuid) {
        return directory.partner(uuid).orElseThrow();
    }

    /** Returns a user's current state. The user must not be deleted. */
    public User user(UUID uuid) {
        return directory.user(uuid).orElseThrow();
    }

    /** Disables a partner. */
    public void disablePartner(UUID partner) {
        data.disablePartner(partner);
    }

    /** Revokes an API key. */
    public void revokeApiKey(String key) {
        data.revokeApiKey(key);
    }

    /** Deletes a user. The row stays. */
    public void deleteUser(UUID user) {
        data.deleteUser(user);
    }

    /** Revokes a user's login tokens. */
    public void restampUser(UUID user) {
        data.replaceStampOfUser(user);
    }

    /** Revokes the login tokens that a partner requested. */
    public void restampPartner(UUID partner) {
        data.replaceStampOfPartner(partner);
    }

    @Override
    public void close() {
        pool.dispose();
    }
}

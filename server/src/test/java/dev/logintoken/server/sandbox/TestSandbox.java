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

/** The fixture in a database of its own, in memory, with a clock that stands still; and what can befall people. */
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

    /** Held on to, so that their levels last: a migration and some tokens in each test would fill the output. */
    private static final List<Logger> TALKATIVE =
            List.of(Logger.getLogger("org.flywaydb"), Logger.getLogger("dev.logintoken.audit"));

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "", "");
    private final Database database;
    private final StoredDirectory directory;
    private final SandboxData data;

    /** Opens a database, migrates it and puts the fixture in. */
    public TestSandbox() {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        database = Database.open(pool, Database.Mode.SANDBOX, Duration.ofSeconds(5));
        directory = new StoredDirectory(database, RowCache.off());
        data = new SandboxData(database, RowCache.off(), clock);
        Fixture.complete(data);
    }

    /** Where everybody is kept. */
    public Database database() {
        return database;
    }

    /** Who lives here. */
    public StoredDirectory directory() {
        return directory;
    }

    /** A clock that tells {@link #now}. */
    public Clock clock() {
        return clock;
    }

    /** The time, noon of a day in March unless some has passed. */
    public Instant now() {
        return now;
    }

    /** Lets time pass; a negative duration sets the clock back. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** A partner, as it is now. */
    public Partner partner(UUID uuid) {
        return directory.partner(uuid).orElseThrow();
    }

    /** A user, as it is now; not one who was deleted. */
    public User user(UUID uuid) {
        return directory.user(uuid).orElseThrow();
    }

    /** Takes a partner the right to act. */
    public void disablePartner(UUID partner) {
        data.disablePartner(partner);
    }

    /** Voids an API key. */
    public void revokeApiKey(String key) {
        data.revokeApiKey(key);
    }

    /** Deletes a user, whose row stays. */
    public void deleteUser(UUID user) {
        data.deleteUser(user);
    }

    /** Voids the login tokens of a user. */
    public void restampUser(UUID user) {
        data.restampUser(user);
    }

    /** Voids the login tokens that a partner asked for. */
    public void restampPartner(UUID partner) {
        data.restampPartner(partner);
    }

    @Override
    public void close() {
        pool.dispose();
    }
}

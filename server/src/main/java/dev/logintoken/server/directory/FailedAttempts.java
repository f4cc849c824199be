package dev.logintoken.server.directory;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

import static dev.logintoken.server.directory.Database.utc;

/**
 * Failed attempts to guess a password. They survive a restart, are forgotten after a quiet hour, and slow a guesser down
 * to a try a minute, which is also the longest that anybody has to wait.
 */
public final class FailedAttempts {

    private static final Duration QUIET = Duration.ofHours(1);
    private static final int MAX_WAIT_SECONDS = 60;
    private static final int MAX_DOUBLINGS = 6;

    private final Database database;

    /**
     * Attempts in a database.
     *
     * @param database where they are kept, migrated already
     */
    public FailedAttempts(Database database) {
        this.database = database;
    }

    /** How long the next attempt has to wait; zero if not at all. */
    public Duration wait(byte[] subject, Instant now) {
        return database.query(
                        handle -> handle.select("select blocked_until from failed_attempt where subject = ?", subject)
                                .mapTo(OffsetDateTime.class)
                                .findOne())
                .map(until -> Duration.between(now, until.toInstant()))
                // Longer than we ever ask for: the clock was set back, which must not lock anybody out.
                .filter(wait -> !wait.isNegative() && wait.toSeconds() <= MAX_WAIT_SECONDS)
                .orElse(Duration.ZERO);
    }

    /**
     * Counts a failure.
     *
     * @param subject whom it is counted against
     * @param free how many failures make nobody wait
     */
    public void failed(byte[] subject, int free, Instant now) {
        OffsetDateTime quiet = utc(now.minus(QUIET));
        database.transactionOrAgain(handle -> {
            int known = handle.execute("""
                    update failed_attempt set last_at = ?, failures = case when last_at < ? then 1 else failures + 1 end
                    where subject = ?""", utc(now), quiet, subject);
            if (known == 0) {
                return handle.execute("""
                        insert into failed_attempt (subject, failures, last_at, blocked_until)
                        select cast(? as bytea), 1, cast(? as timestamp with time zone),
                            cast(? as timestamp with time zone)
                        where not exists (select 1 from failed_attempt where subject = ?)""", subject, utc(now), utc(now), subject);
            }
            int failures = handle.select("select failures from failed_attempt where subject = ?", subject)
                    .mapTo(Integer.class)
                    .one();
            return handle.execute(
                    "update failed_attempt set blocked_until = ? where subject = ?",
                    utc(now.plus(wait(failures - free))),
                    subject);
        });
    }

    /** Forgets the failures of somebody who knew the password after all. */
    public void succeeded(byte[] subject) {
        database.query(handle -> handle.execute("delete from failed_attempt where subject = ?", subject));
    }

    /** Forgets the failures that no further one followed. */
    public void purge(Instant now) {
        database.purge("failed_attempt", "subject", "last_at", now.minus(QUIET));
    }

    private static Duration wait(int failuresTooMany) {
        return failuresTooMany <= 0
                ? Duration.ZERO
                : Duration.ofSeconds(Math.min(MAX_WAIT_SECONDS, 1L << Math.min(failuresTooMany, MAX_DOUBLINGS)));
    }
}

package dev.logintoken.server.directory;

import dev.logintoken.server.database.Database;
import dev.logintoken.server.failure.SqlFailure;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Leaky buckets in the database, shared by all nodes. Each attempt adds a drop. A bucket leaks drops at a steady rate,
 * and a full bucket accepts none. A row holds the time at which its bucket will be empty. So one conditional statement
 * both checks for room and takes it.
 */
public final class AttemptBuckets {

    /** How far a node's clock may be behind the clock of the node that wrote a row. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(30);

    private static final int MAX_ROWS_PER_PURGE = 1_000;

    private final Database database;

    public AttemptBuckets(Database database) {
        this.database = database;
    }

    /**
     * The size of a bucket.
     *
     * @param drops the number of drops that it holds
     * @param leak the time in which one drop leaks
     */
    public record Size(int drops, Duration leak) {

        private long room(Instant now) {
            return now.toEpochMilli() + (drops - 1) * leak.toMillis();
        }

        /**
         * Returns the latest possible time at which a bucket is empty. A later time means that a clock was set back,
         * which must not lock anybody out.
         */
        private long impossible(Instant now) {
            return now.plus(leak.multipliedBy(drops)).plus(MAX_CLOCK_SKEW).toEpochMilli();
        }
    }

    /**
     * Adds a drop if there is room for it.
     *
     * @return zero if it was added, otherwise the time until there is room
     */
    public Duration add(byte[] id, Size size, Instant now) {
        while (!insert(id, now.plus(size.leak())) && !update(id, size, now)) {
            Optional<Long> emptyAt =
                    database.query(handle -> handle.select("select empty_at from attempt_bucket where id = ?", id)
                            .mapTo(Long.class)
                            .findOne());
            long wait = emptyAt.orElse(0L) - size.room(now);
            if (wait > 0) {
                return Duration.ofMillis(wait);
            }
            // Meanwhile the row was purged, or another request made room: the drop was not refused.
        }
        return Duration.ZERO;
    }

    private boolean insert(byte[] id, Instant emptyAt) {
        try {
            return database.query(handle -> handle.execute("""
                            insert into attempt_bucket (id, empty_at)
                            select cast(? as bytea), cast(? as bigint)
                            where not exists (select 1 from attempt_bucket where id = ?)""", id, emptyAt.toEpochMilli(), id)) == 1;
        } catch (IllegalStateException e) {
            if (SqlFailure.of(e) == SqlFailure.DUPLICATE) {
                return false;
            }
            throw e;
        }
    }

    private boolean update(byte[] id, Size size, Instant now) {
        return database.query(handle -> handle.createUpdate("""
                                update attempt_bucket
                                set empty_at = :leak
                                    + case when empty_at between :now and :impossible then empty_at else :now end
                                where id = :id and (empty_at <= :room or empty_at > :impossible)""")
                        .bind("leak", size.leak().toMillis())
                        .bind("now", now.toEpochMilli())
                        .bind("impossible", size.impossible(now))
                        .bind("room", size.room(now))
                        .bind("id", id)
                        .execute())
                == 1;
    }

    /** Takes drops out of a bucket. */
    public void takeBack(byte[] id, Size size, int drops) {
        database.query(handle -> handle.execute(
                "update attempt_bucket set empty_at = empty_at - ? where id = ?",
                size.leak().multipliedBy(drops).toMillis(),
                id));
    }

    /** Empties all buckets. */
    public void emptyAll() {
        database.query(handle -> handle.execute("delete from attempt_bucket"));
    }

    /** Fills a bucket. The next drop then waits for the longest possible time. */
    public void fill(byte[] id, Size size, Instant now) {
        database.query(handle -> handle.execute("delete from attempt_bucket where id = ?", id));
        insert(id, Instant.ofEpochMilli(size.impossible(now)));
    }

    /** Deletes the buckets that are empty. */
    public void purge(Instant now) {
        String batch = "delete from attempt_bucket where id in"
                + " (select id from attempt_bucket where empty_at < ? order by empty_at limit ?)";
        while (database.<Integer, RuntimeException>query(
                        handle -> handle.execute(batch, now.toEpochMilli(), MAX_ROWS_PER_PURGE))
                > 0) {}
    }
}

package dev.logintoken.server.directory;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

import static dev.logintoken.server.directory.Database.utc;

/** Which login tokens were used. The database elects the one request that uses a token. */
public final class Redemptions {

    private final Database database;

    /**
     * Redemptions in a database.
     *
     * @param database where they are kept, migrated already
     */
    public Redemptions(Database database) {
        this.database = database;
    }

    /** What came of the attempt to use a token. */
    public enum Result {
        /** This request used it. */
        REDEEMED,
        /** An earlier one did. */
        USED,
        /** It lies below the watermark. */
        EXPIRED,
        /** User or partner are not what they were when the token was checked. */
        REVOKED
    }

    /**
     * Uses a token, by one statement that checks once more what may have changed: stamps, deletion, disabling, watermark.
     * The audit tells of it, whatever came of it.
     *
     * @param sha256 of the token's bytes
     * @param user for whom it was issued, with the stamp that it was verified with
     * @param partner who asked for it, likewise
     * @param redeemer the website that uses it
     */
    public Result redeem(byte[] sha256, User user, Partner partner, Partner redeemer, Instant expiry, Instant now) {
        HandleCallback<Result, RuntimeException> attempt = handle -> {
            Result result = insert(handle, sha256, user, partner, redeemer, expiry, now)
                    ? Result.REDEEMED
                    : reason(handle, sha256, expiry);
            new Audit.Entry(
                            redeemer.uuid().toString(),
                            "redeem",
                            result.name(),
                            Optional.of(partner.uuid()),
                            Optional.of(user.uuid()),
                            Optional.of(sha256))
                    .write(handle);
            return result;
        };
        try {
            return database.transaction(attempt);
        } catch (UnableToExecuteStatementException e) {
            if (Database.isDuplicate(e)) {
                // Another request was faster, by so little that its row did not show. Now it does.
                return database.transaction(attempt);
            }
            throw e;
        }
    }

    /** Whether this request uses the token. The primary key decides; the look before it spares a failed transaction. */
    private static boolean insert(
            Handle handle, byte[] sha256, User user, Partner partner, Partner redeemer, Instant expiry, Instant now) {
        return handle.createUpdate("""
                        insert into redeemed_login_token
                            (sha256, account, partner, redeemed_by, redeemed_at, expiry)
                        select cast(:sha256 as bytea), a.uuid, p.uuid, cast(:redeemer as uuid),
                            cast(:now as timestamp with time zone), cast(:expiry as timestamp with time zone)
                        from account a, partner p, redemption_watermark w
                        where a.uuid = :user and a.stamp = :userStamp and a.deleted_at is null
                          and p.uuid = :partner and p.stamp = :partnerStamp and p.disabled_at is null
                          and w.expired_before < :expiry
                          and not exists (select 1 from redeemed_login_token where sha256 = :sha256)
                          and\s""" + Database.durably(handle))
                        .bind("sha256", sha256)
                        .bind("redeemer", redeemer.uuid())
                        .bind("now", utc(now))
                        .bind("expiry", utc(expiry))
                        .bind("user", user.uuid())
                        .bind("userStamp", user.stamp())
                        .bind("partner", partner.uuid())
                        .bind("partnerStamp", partner.stamp())
                        .execute()
                == 1;
    }

    private static Result reason(Handle handle, byte[] sha256, Instant expiry) {
        if (used(handle, sha256)) {
            return Result.USED;
        }
        OffsetDateTime watermark = handle.select("select expired_before from redemption_watermark")
                .mapTo(OffsetDateTime.class)
                .one();
        return watermark.toInstant().isBefore(expiry) ? Result.REVOKED : Result.EXPIRED;
    }

    /** Whether a token was used; nothing is written. */
    public boolean used(byte[] sha256) {
        return database.query(handle -> used(handle, sha256));
    }

    private static boolean used(Handle handle, byte[] sha256) {
        return handle.select("select 1 from redeemed_login_token where sha256 = ?", sha256)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /**
     * Raises the watermark, and deletes what lay under the one before: a clock that is set back afterwards revives no
     * token, and a redemption under way keeps its row.
     */
    public void purge(Instant now) {
        OffsetDateTime before = database.transaction(handle -> {
            OffsetDateTime watermark = handle.select("select expired_before from redemption_watermark")
                    .mapTo(OffsetDateTime.class)
                    .one();
            raise(handle, now);
            return watermark;
        });
        database.purge("redeemed_login_token", "sha256", "expiry", before.toInstant());
    }

    /** Raises the watermark; it never falls. */
    static void raise(Handle handle, Instant to) {
        handle.execute("update redemption_watermark set expired_before = ? where expired_before < ?", utc(to), utc(to));
    }
}

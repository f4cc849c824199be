package dev.logintoken.server.redemption;

import dev.logintoken.server.database.Database;
import dev.logintoken.server.database.GroupCommit;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.User;
import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import static dev.logintoken.server.database.Database.utc;

/** Records which login tokens were redeemed. The database elects the one request that redeems a token. */
public final class Redemptions {

    /** Redeems one token. The primary key decides; the check before it avoids a failed transaction. */
    private static final String INSERT =
            Attempt.insert("", ":") + "not exists (select 1 from redeemed_login_token where sha256 = :sha256) and ";

    private final Database database;

    /** Two slots: while the database works on one batch, the next is prepared. */
    private final GroupCommit<Attempt, Boolean> batches = new GroupCommit<>(2, this::redeem);

    public Redemptions(Database database) {
        this.database = database;
    }

    /** The results of an attempt to redeem a token. */
    public enum Result {
        /** This request redeemed it. */
        REDEEMED,
        /** An earlier request redeemed it. */
        USED,
        /** The token lies below the watermark. */
        EXPIRED,
        /** The user or partner has changed since the token was checked. */
        REVOKED
    }

    /**
     * Redeems a token, by one statement that checks again whatever may have changed: stamps, deletion, disabling,
     * watermark. The audit records the result in any case. On PostgreSQL, callers that arrive during a commit share the
     * next one.
     *
     * @param sha256 of the token's bytes
     * @param user the user for whom it was issued, with the stamp that verified it
     * @param partner the partner that requested it, with the stamp that verified it
     * @param redeemer the website that redeems it
     * @param request the request id, for the audit
     */
    public Result redeem(
            byte[] sha256, User user, Partner partner, Partner redeemer, Instant expiry, Instant now, String request) {
        Attempt attempt = new Attempt(sha256, user, partner, redeemer, expiry, now, request);
        return database.isPostgresql() && batches.submit(attempt) ? Result.REDEEMED : decide(attempt);
    }

    /** Returns whether each attempt succeeded. The caller finds out why the others did not. */
    private List<Boolean> redeem(List<Attempt> attempts) {
        return new RedemptionBatch(attempts).redeem(database);
    }

    private Result decide(Attempt attempt) {
        return database.transactionOrAgain(handle -> {
            int redeemed = attempt.bind(handle.createUpdate(INSERT + Database.durably(handle)))
                    .execute();
            Result result = redeemed == 1 ? Result.REDEEMED : reason(handle, attempt.sha256(), attempt.expiry());
            attempt.audit(result).write(handle);
            return result;
        });
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

    /** Returns whether a token was redeemed, without writing anything. */
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
     * Raises the watermark, and deletes redemptions below the previous one. So setting a clock back revives no token,
     * and a redemption in progress keeps its row.
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

    /** Raises the watermark. It never falls. */
    public static void raise(Handle handle, Instant to) {
        handle.execute("update redemption_watermark set expired_before = ? where expired_before < ?", utc(to), utc(to));
    }
}

package dev.logintoken.server.directory;

import dev.logintoken.server.audit.Audit;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.database.GroupCommit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import static dev.logintoken.server.database.Database.utc;

/** Records which login tokens were redeemed. The database elects the one request that redeems a token. */
public final class Redemptions {

    /**
     * Redeems a token if all conditions hold. The primary key decides; the check before it avoids a failed transaction.
     */
    private static final String INSERT = """
            insert into redeemed_login_token
                (sha256, account, partner, redeemed_by, redeemed_at, expiry)
            select cast(:sha256 as bytea), a.uuid, p.uuid, cast(:redeemer as uuid),
                cast(:now as timestamp with time zone), cast(:expiry as timestamp with time zone)
            from account a, partner p, redemption_watermark w
            where a.uuid = :user and a.stamp = :userStamp and a.deleted_at is null
              and p.uuid = :partner and p.stamp = :partnerStamp and p.disabled_at is null
              and w.expired_before < :expiry
              and not exists (select 1 from redeemed_login_token where sha256 = :sha256)
              and\s""";

    private final Database database;

    /** Two slots: while the database works on one batch, the next is prepared. */
    private final GroupCommit<Attempt, Boolean> batches =
            new GroupCommit<>(2, Comparator.comparing(Attempt::sha256, Arrays::compareUnsigned), this::redeem);

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

    private record Attempt(
            byte[] sha256, User user, Partner partner, Partner redeemer, Instant expiry, Instant now, String request) {

        Audit.Event audit(Result result) {
            return new Audit.Event(
                    redeemer.uuid().toString(),
                    "redeem",
                    result.name(),
                    Optional.of(partner.uuid()),
                    Optional.of(user.uuid()),
                    Optional.of(sha256),
                    Optional.of(request));
        }
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

    /**
     * Redeems tokens in one commit, and returns which attempts succeeded. The caller finds out why the others did not.
     */
    private List<Boolean> redeem(List<Attempt> attempts) {
        // One transaction, instead of commits by the statements themselves. A statement whose client has given up could
        // otherwise still take effect.
        int[] counts = database.transaction(handle -> {
            PreparedBatch batch = handle.prepareBatch("with redeemed as (" + INSERT + Database.durably(handle)
                    + " on conflict do nothing returning 1)"
                    + " insert into audit (" + Audit.COLUMNS + ") select " + Audit.VALUES + " from redeemed");
            for (Attempt attempt : attempts) {
                bind(batch, attempt);
                attempt.audit(Result.REDEEMED).bind(batch).add();
            }
            return batch.execute();
        });
        return Arrays.stream(counts).mapToObj(count -> count == 1).toList();
    }

    private Result decide(Attempt attempt) {
        return database.transactionOrAgain(handle -> {
            boolean redeemed = bind(handle.createUpdate(INSERT + Database.durably(handle)), attempt)
                            .execute()
                    == 1;
            Result result = redeemed ? Result.REDEEMED : reason(handle, attempt.sha256(), attempt.expiry());
            attempt.audit(result).write(handle);
            return result;
        });
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Attempt attempt) {
        return statement
                .bind("sha256", attempt.sha256())
                .bind("redeemer", attempt.redeemer().uuid())
                .bind("now", utc(attempt.now()))
                .bind("expiry", utc(attempt.expiry()))
                .bind("user", attempt.user().uuid())
                .bind("userStamp", attempt.user().stamp())
                .bind("partner", attempt.partner().uuid())
                .bind("partnerStamp", attempt.partner().stamp());
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

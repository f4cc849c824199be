package dev.logintoken.server.redemption;

import dev.logintoken.server.audit.Audit;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.User;
import org.jdbi.v3.core.statement.SqlStatement;

import java.time.Instant;
import java.util.Optional;

import static dev.logintoken.server.database.Database.utc;

/**
 * An attempt to redeem a token that was checked.
 *
 * @param sha256 of the token's bytes
 * @param user the user for whom it was issued, with the stamp that verified it
 * @param partner the partner that requested it, with the stamp that verified it
 * @param redeemer the website that redeems it
 * @param request the request id, for the audit
 */
record Attempt(
        byte[] sha256, User user, Partner partner, Partner redeemer, Instant expiry, Instant now, String request) {

    /**
     * Inserts the rows of attempts if all conditions hold. They check again what may have changed since a token was
     * checked. {@code @} stands before the names of an attempt's values.
     */
    private static final String INSERT = """
            insert into redeemed_login_token (sha256, account, partner, redeemed_by, redeemed_at, expiry)
            select cast(@sha256 as bytea), a.uuid, p.uuid, cast(@redeemer as uuid),
                cast(@now as timestamp with time zone), cast(@expiry as timestamp with time zone)
            from @attempts account a, partner p, redemption_watermark w
            where a.uuid = @account and a.stamp = @accountStamp and a.deleted_at is null
              and p.uuid = @partner and p.stamp = @partnerStamp and p.disabled_at is null
              and w.expired_before < @expiry
              and\s""";

    /** The action in the audit. */
    static final String ACTION = "redeem";

    /** Returns the event of this attempt. */
    Audit.Event audit(Redemptions.Result result) {
        return new Audit.Event(
                redeemer.uuid().toString(),
                ACTION,
                result.name(),
                Optional.of(partner.uuid()),
                Optional.of(user.uuid()),
                Optional.of(sha256),
                Optional.of(request));
    }

    /**
     * Returns the beginning of a statement that redeems tokens. A last condition follows.
     *
     * @param attempts the table of the attempts and a comma; empty if their values are parameters
     * @param prefix stands before the names of the values
     */
    static String insert(String attempts, String prefix) {
        return INSERT.replace("@attempts", attempts).replace("@", prefix);
    }

    /** Binds the values to {@link #insert} as parameters. */
    <S extends SqlStatement<S>> S bind(S statement) {
        return statement
                .bind("sha256", sha256)
                .bind("redeemer", redeemer.uuid())
                .bind("now", utc(now))
                .bind("expiry", utc(expiry))
                .bind("account", user.uuid())
                .bind("accountStamp", user.stamp())
                .bind("partner", partner.uuid())
                .bind("partnerStamp", partner.stamp());
    }
}

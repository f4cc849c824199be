package dev.logintoken.server.redemption;

import dev.logintoken.server.audit.Audit;
import dev.logintoken.server.database.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import static dev.logintoken.server.redemption.Redemptions.Result.REDEEMED;

/** Attempts that one statement decides on PostgreSQL. */
final class RedemptionBatch {

    /**
     * Takes the attempts as a table, one array for each column. Of several attempts with one token, one can succeed.
     * All nodes insert in the same order, so that their transactions do not block each other.
     */
    private static final String REDEEM = """
            with attempt as (
                select distinct on (sha256) * from unnest(
                    :sha256, :account, :accountStamp, :partner, :partnerStamp, :redeemer, :now, :expiry, :audit, :head, :request
                ) attempts (
                    sha256, account, accountStamp, partner, partnerStamp, redeemer, now, expiry, audit, head, request)
            ), redeemed as (
                %s %s
                order by t.sha256
                on conflict do nothing
                returning sha256
            )
            insert into audit (%s)
            select t.audit, cast(t.redeemer as varchar), :action, :outcome, t.partner, t.account, t.head, t.request
            from redeemed join attempt t using (sha256)
            returning uuid""";

    private final List<Attempt> attempts;

    /** The keys of the rows for the audit. They tell which attempts succeeded. */
    private final List<UUID> audits;

    RedemptionBatch(List<Attempt> attempts) {
        this.attempts = attempts;
        this.audits = Stream.generate(UUID::randomUUID).limit(attempts.size()).toList();
    }

    /** Redeems the tokens in one durable transaction, and returns whether each attempt succeeded. */
    List<Boolean> redeem(Database database) {
        // One transaction, instead of a commit by the statement itself. A statement whose client has given up could
        // otherwise still take effect.
        Set<UUID> redeemed = database.transaction(this::redeem);
        return audits.stream().map(redeemed::contains).toList();
    }

    private Set<UUID> redeem(Handle handle) {
        return handle.createQuery(
                        REDEEM.formatted(Attempt.insert("attempt t,", "t."), Database.durably(handle), Audit.COLUMNS))
                .bind("sha256", bytes(Attempt::sha256))
                .bind("account", texts("uuid", attempt -> attempt.user().uuid()))
                .bind("accountStamp", bytes(attempt -> attempt.user().stamp()))
                .bind("partner", texts("uuid", attempt -> attempt.partner().uuid()))
                .bind("partnerStamp", bytes(attempt -> attempt.partner().stamp()))
                .bind("redeemer", texts("uuid", attempt -> attempt.redeemer().uuid()))
                .bind("now", texts("timestamptz", Attempt::now))
                .bind("expiry", texts("timestamptz", Attempt::expiry))
                .bind("audit", array("uuid", audits.toArray()))
                .bind("head", bytes(attempt -> Audit.head(attempt.sha256())))
                .bind("request", texts("varchar", Attempt::request))
                .bind("action", Attempt.ACTION)
                .bind("outcome", REDEEMED.name())
                .mapTo(UUID.class)
                .set();
    }

    private Argument bytes(Function<Attempt, byte[]> value) {
        return array("bytea", attempts.stream().map(value).toArray(byte[][]::new));
    }

    private Argument texts(String type, Function<Attempt, Object> value) {
        return array(type, attempts.stream().map(value).toArray());
    }

    private static Argument array(String type, Object[] values) {
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    }
}

package dev.logintoken.server.administration;

import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Audit;
import dev.logintoken.server.directory.Redemptions;
import dev.logintoken.server.secret.Stamp;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.database.Database.utc;

/**
 * What an operator changes, each change in one transaction with the row of the audit that tells of it. Nodes see it with
 * their next look into the database.
 */
public final class Administration {

    private final Database database;
    private final Clock clock;
    private final String operator;

    /**
     * The administration of a database.
     *
     * @param database what is administered, migrated already
     * @param clock tells the time
     * @param operator who administers, for the audit
     */
    public Administration(Database database, Clock clock, String operator) {
        this.database = database;
        this.clock = clock;
        this.operator = operator;
    }

    /** The partners. */
    public PartnerAdministration partners() {
        return new PartnerAdministration(database, clock, this);
    }

    /** The users, their documents and identifiers. */
    public UserAdministration users() {
        return new UserAdministration(database, clock, this);
    }

    /** The users, to be listed. */
    public UserSearch userSearch() {
        return new UserSearch(database);
    }

    /** The audit, to be listed. */
    public AuditSearch auditSearch() {
        return new AuditSearch(database);
    }

    /** Records in the audit that the schema was migrated. */
    public void migrated() {
        change("migrate", Optional.empty(), Optional.empty(), handle -> true);
    }

    /**
     * Records in the audit that an operator looks at something, before it is shown.
     *
     * @param action the command
     * @param partner whose it is, if it is one partner's
     * @param user likewise
     */
    public void looked(String action, Optional<UUID> partner, Optional<UUID> user) {
        change(action, partner, user, handle -> true);
    }

    /**
     * Revokes every login token that was issued until now, by new stamps for all partners. The watermark rises to the
     * present. If it rose further, tokens issued from now on would be refused, too.
     */
    public void revokeAll() {
        change("revoke all", Optional.empty(), Optional.empty(), handle -> {
            Redemptions.raise(handle, clock.instant());
            List<UUID> partners =
                    handle.select("select uuid from partner").mapTo(UUID.class).list();
            if (!partners.isEmpty()) {
                PreparedBatch stamps = handle.prepareBatch("update partner set stamp = ? where uuid = ?");
                partners.forEach(partner -> stamps.add(Stamp.random(), partner));
                stamps.execute();
            }
            return true;
        });
    }

    /** A change; it returns whether there was anything to change. */
    @FunctionalInterface
    public interface Change {
        boolean apply(Handle handle);
    }

    /** Makes a change and records it in the audit, unless there was nothing to change. */
    public boolean change(String action, Optional<UUID> partner, Optional<UUID> user, Change change) {
        return change(Audit.Event.done(operator, action, partner, user), change);
    }

    /** The same, with an entry that says more. */
    public boolean change(Audit.Event entry, Change change) {
        return database.durable(handle -> {
            boolean changed = change.apply(handle);
            if (changed) {
                entry.write(handle);
            }
            return changed;
        });
    }

    public Instant now() {
        return clock.instant();
    }

    String operator() {
        return operator;
    }

    /** Ends the sessions of a partner or a user, by the column that names whose they are. */
    int endSessions(Handle handle, String column, UUID whose) {
        return handle.execute(
                "update session set revoked_at = ? where " + column + " = ? and revoked_at is null",
                utc(clock.instant()),
                whose);
    }
}

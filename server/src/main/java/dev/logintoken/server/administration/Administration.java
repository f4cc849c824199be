package dev.logintoken.server.administration;

import dev.logintoken.server.audit.Audit;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Partners;
import dev.logintoken.server.redemption.Redemptions;
import org.jdbi.v3.core.Handle;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Changes what operators may change. Each change and its audit row are written in one transaction. Nodes see the change
 * when they next read the database.
 */
public final class Administration {

    private final Database database;
    private final Clock clock;
    private final String operator;

    public Administration(Database database, Clock clock, String operator) {
        this.database = database;
        this.clock = clock;
        this.operator = operator;
    }

    /** Returns the administration of partners. */
    public PartnerAdministration partners() {
        return new PartnerAdministration(database, clock, this);
    }

    /** Returns the administration of users, their documents and their identifiers. */
    public UserAdministration users() {
        return new UserAdministration(database, clock, this);
    }

    /** Returns the search for users. */
    public UserSearch userSearch() {
        return new UserSearch(database);
    }

    /** Returns the search in the audit. */
    public AuditSearch auditSearch() {
        return new AuditSearch(database);
    }

    /** Records in the audit that the schema was migrated. */
    public void migrated() {
        change("migrate", Optional.empty(), Optional.empty(), handle -> true);
    }

    /**
     * Records in the audit that an operator looks at data, before the data is shown.
     *
     * @param action the command
     * @param partner the partner concerned, if there is one
     * @param user the user concerned, if there is one
     */
    public void looked(String action, Optional<UUID> partner, Optional<UUID> user) {
        change(action, partner, user, handle -> true);
    }

    /**
     * Revokes every login token that was issued until now. All partners get new stamps, and the watermark rises to the
     * present. If it rose further, tokens issued from now on would be refused, too.
     */
    public void revokeAll() {
        change("revoke all", Optional.empty(), Optional.empty(), handle -> {
            Redemptions.raise(handle, clock.instant());
            Partners.replaceStamps(handle);
            return true;
        });
    }

    /** A change. It returns whether there was anything to change. */
    @FunctionalInterface
    public interface Change {
        boolean apply(Handle handle);
    }

    /** Makes a change and records it in the audit, unless there was nothing to change. */
    public boolean change(String action, Optional<UUID> partner, Optional<UUID> user, Change change) {
        return change(Audit.Event.done(operator, action, partner, user, Optional.empty()), change);
    }

    /** Makes a change and records this event in the audit, unless there was nothing to change. */
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
}

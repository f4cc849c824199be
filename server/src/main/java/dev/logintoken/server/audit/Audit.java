package dev.logintoken.server.audit;

import dev.logintoken.server.database.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The audit: who did what, for whom, with what result. Each row is written in the transaction that it records, so
 * neither exists without the other. Rows are inserted, and deleted after the retention. They are never updated.
 */
public final class Audit {

    /** The outcome of an action that succeeded. */
    public static final String OK = "OK";

    /** The columns for an {@link Event}. */
    public static final String COLUMNS = "uuid, actor, action, outcome, partner, account, token_hash8, request_id";

    /** The parameters for the {@link #COLUMNS}. */
    public static final String VALUES = """
            cast(:auditUuid as uuid), cast(:actor as varchar), cast(:action as varchar), cast(:outcome as varchar),
                cast(:auditPartner as uuid), cast(:auditUser as uuid), cast(:auditToken as bytea),
                cast(:request as varchar)""";

    private static final int TOKEN_BYTES = 8;

    private final Database database;
    private final Duration retention;

    /** Creates an audit. A retention of zero keeps rows forever. */
    public Audit(Database database, Duration retention) {
        this.database = database;
        this.retention = retention;
    }

    /** Deletes the rows that are older than the retention. */
    public void purge(Instant now) {
        if (!retention.isZero()) {
            database.purge("audit", "uuid", "at", now.minus(retention));
        }
    }

    /**
     * An event to record. The database adds the time.
     *
     * @param actor the partner, user or operator that acted: a uuid, or an operator's name
     * @param action the action
     * @param outcome the action's result
     * @param partner the partner concerned
     * @param user the user concerned
     * @param token SHA-256 of the login token or API key concerned
     * @param request id of the request that caused it; an operator's command has none
     */
    public record Event(
            String actor,
            String action,
            String outcome,
            Optional<UUID> partner,
            Optional<UUID> user,
            Optional<byte[]> token,
            Optional<String> request) {

        /** Returns the event of an action that succeeded. */
        public static Event done(
                String actor, String action, Optional<UUID> partner, Optional<UUID> user, Optional<String> request) {
            return new Event(actor, action, OK, partner, user, Optional.empty(), request);
        }

        /** Inserts the event's row as part of a transaction. */
        public void write(Handle handle) {
            bind(handle.createUpdate("insert into audit (" + COLUMNS + ") values (" + VALUES + ")"))
                    .execute();
        }

        /** Binds {@link #VALUES}. */
        public <S extends SqlStatement<S>> S bind(S statement) {
            return statement
                    .bind("auditUuid", UUID.randomUUID())
                    .bind("actor", actor)
                    .bind("action", action)
                    .bind("outcome", outcome)
                    .bindByType("auditPartner", partner.orElse(null), UUID.class)
                    .bindByType("auditUser", user.orElse(null), UUID.class)
                    .bindByType("auditToken", token.map(Audit::head).orElse(null), byte[].class)
                    .bind("request", request.orElse(null));
        }
    }

    /**
     * Returns the part of a secret's SHA-256 that the audit and the log hold. It is enough to find the secret, and
     * useless for using it.
     */
    public static byte[] head(byte[] sha256) {
        return Arrays.copyOf(sha256, TOKEN_BYTES);
    }
}

package dev.logintoken.server.directory;

import dev.logintoken.server.database.Database;
import dev.logintoken.server.log.RequestId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The audit: who did what, for whom, with what result. Each row is written in the transaction that it records, so that neither
 * exists without the other. Rows are inserted and, after the retention, deleted; nothing updates one.
 */
public final class Audit {

    /** The outcome of what succeeded. */
    public static final String OK = "OK";

    /** What a row holds of an {@link Event}. */
    static final String COLUMNS = "uuid, actor, action, outcome, partner, account, token_hash8, request_id";

    /** The same as parameters. */
    static final String VALUES = """
            cast(:auditUuid as uuid), cast(:actor as varchar), cast(:action as varchar), cast(:outcome as varchar),
                cast(:auditPartner as uuid), cast(:auditUser as uuid), cast(:auditToken as bytea),
                cast(:request as varchar)""";

    private static final int TOKEN_BYTES = 8;

    private final Database database;
    private final Duration retention;

    /**
     * The audit in a database.
     *
     * @param database where it is kept, migrated already
     * @param retention how long each row is kept; zero for ever
     */
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
     * What is told of one deed. The database adds the time, the exchange its request id.
     *
     * @param actor who did it: uuid of a partner or user, or an operator's name
     * @param action what it was
     * @param outcome what came of it
     * @param partner whose partner's matter it was
     * @param user whose it was
     * @param token SHA-256 of the login token or API key that it was about
     */
    public record Event(
            String actor,
            String action,
            String outcome,
            Optional<UUID> partner,
            Optional<UUID> user,
            Optional<byte[]> token) {

        /** A deed that succeeded. */
        public static Event done(String actor, String action, Optional<UUID> partner, Optional<UUID> user) {
            return new Event(actor, action, OK, partner, user, Optional.empty());
        }

        /** Adds a row to a transaction. */
        public void write(Handle handle) {
            bind(handle.createUpdate("insert into audit (" + COLUMNS + ") values (" + VALUES + ")"), request())
                    .execute();
        }

        /** Binds {@link #VALUES}. */
        public <S extends SqlStatement<S>> S bind(S statement, @Nullable String request) {
            return statement
                    .bind("auditUuid", UUID.randomUUID())
                    .bind("actor", actor)
                    .bind("action", action)
                    .bind("outcome", outcome)
                    .bindByType("auditPartner", partner.orElse(null), UUID.class)
                    .bindByType("auditUser", user.orElse(null), UUID.class)
                    .bindByType("auditToken", token.map(Audit::head).orElse(null), byte[].class)
                    .bind("request", request);
        }
    }

    /** Returns the id of the request that this thread serves; operators' commands have none. */
    static @Nullable String request() {
        return MDC.get(RequestId.MDC);
    }

    /** Returns the part of a secret's SHA-256 that the audit and the log hold: enough to find it, useless to use it. */
    public static byte[] head(byte[] sha256) {
        return Arrays.copyOf(sha256, TOKEN_BYTES);
    }
}

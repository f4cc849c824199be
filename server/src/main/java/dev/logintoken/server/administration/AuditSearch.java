package dev.logintoken.server.administration;

import dev.logintoken.server.database.Database;
import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Finds rows of the audit, the newest first. */
public final class AuditSearch {

    private final Database database;

    AuditSearch(Database database) {
        this.database = database;
    }

    /**
     * The rows to find. An empty component does not narrow the search.
     *
     * @param since the earliest time
     * @param until the time before which the rows were written
     * @param actor the partner, user or operator that acted
     * @param action the action
     * @param outcome the action's result
     * @param partner the partner concerned
     * @param user the user concerned
     * @param token the first eight bytes of the SHA-256 of the login token or API key
     * @param request the request id
     */
    public record Criteria(
            Optional<Instant> since,
            Optional<Instant> until,
            Optional<String> actor,
            Optional<String> action,
            Optional<String> outcome,
            Optional<UUID> partner,
            Optional<UUID> user,
            Optional<byte[]> token,
            Optional<String> request) {}

    /**
     * A row of the audit.
     *
     * @param uuid id of the row
     * @param at the time, by the clock of the database
     * @param actor the partner, user or operator that acted: a uuid, or an operator's name
     * @param action the action
     * @param outcome the action's result
     * @param partner the partner concerned
     * @param user the user concerned
     * @param token the first eight bytes of the SHA-256 of the login token or API key, in hexadecimal
     * @param request the request id; a command has none
     */
    public record Row(
            UUID uuid,
            Instant at,
            String actor,
            String action,
            String outcome,
            Optional<UUID> partner,
            Optional<UUID> user,
            Optional<String> token,
            Optional<String> request) {}

    /** Returns whether there is a row with this id. A page can begin after it. */
    public boolean has(UUID row) {
        return database.query(handle -> at(handle, row)).isPresent();
    }

    /**
     * Finds a page of rows, the newest first.
     *
     * @param limit the maximum number of rows
     * @param after the row after which the page begins; empty for the newest rows
     */
    public RowPage<Row> find(Criteria criteria, int limit, Optional<UUID> after) {
        return database.query(handle -> {
            Optional<OffsetDateTime> bound = after.flatMap(row -> at(handle, row));
            Conditions conditions = new Conditions()
                    .with("at <= :bound", "bound", bound)
                    .with("(at < :bound or uuid < :after)", "after", after.filter(row -> bound.isPresent()))
                    .with("at >= :since", "since", criteria.since().map(Database::utc))
                    .with("at < :until", "until", criteria.until().map(Database::utc))
                    .with("actor = :actor", "actor", criteria.actor())
                    .with("action = :action", "action", criteria.action())
                    .with("outcome = :outcome", "outcome", criteria.outcome())
                    .with("partner = :partner", "partner", criteria.partner())
                    .with("account = :user", "user", criteria.user())
                    .with("token_hash8 = :token", "token", criteria.token())
                    .with("request_id = :request", "request", criteria.request());
            return RowPage.of(
                    conditions
                            .bind(handle.createQuery("""
                                    select uuid, at, actor, action, outcome, partner, account, token_hash8, request_id
                                    from audit where %s order by at desc, uuid desc limit :limit""".formatted(conditions)))
                            .bind("limit", limit + 1)
                            .map((row, context) -> new Row(
                                    row.getObject("uuid", UUID.class),
                                    row.getObject("at", OffsetDateTime.class).toInstant(),
                                    row.getString("actor"),
                                    row.getString("action"),
                                    row.getString("outcome"),
                                    Optional.ofNullable(row.getObject("partner", UUID.class)),
                                    Optional.ofNullable(row.getObject("account", UUID.class)),
                                    Optional.ofNullable(row.getBytes("token_hash8"))
                                            .map(HexFormat.of()::formatHex),
                                    Optional.ofNullable(row.getString("request_id"))))
                            .list(),
                    limit,
                    Row::uuid);
        });
    }

    private static Optional<OffsetDateTime> at(Handle handle, UUID row) {
        return handle.createQuery("select at from audit where uuid = :row")
                .bind("row", row)
                .mapTo(OffsetDateTime.class)
                .findOne();
    }
}

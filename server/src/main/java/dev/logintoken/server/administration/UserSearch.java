package dev.logintoken.server.administration;

import dev.logintoken.server.database.Database;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Finds users, ordered by id. */
public final class UserSearch {

    private final Database database;

    UserSearch(Database database) {
        this.database = database;
    }

    /**
     * The users to find. A component that is empty or false does not narrow the search.
     *
     * @param email a part of the email address
     * @param partner the partner that registered an identifier of the user
     * @param deleted whether to find only deleted users
     * @param waiting whether to find only users with a document that waits for review
     */
    public record Criteria(Optional<String> email, Optional<UUID> partner, boolean deleted, boolean waiting) {}

    /**
     * A user in a list.
     *
     * @param uuid the user's id
     * @param email the email address; empty if there is none or it was erased
     * @param deletedAt when the user was deleted; empty if the user exists
     * @param waiting whether a document waits for review
     * @param identifiers the number of identifiers linked to the user
     */
    public record Row(
            UUID uuid, Optional<String> email, Optional<Instant> deletedAt, boolean waiting, int identifiers) {}

    /**
     * Finds a page of users.
     *
     * @param limit the maximum number of users
     * @param after the id after which the page begins; empty for the first page
     */
    public RowPage<Row> find(Criteria criteria, int limit, Optional<UUID> after) {
        Conditions conditions = new Conditions()
                .with("a.uuid > :after", "after", after)
                .with(
                        "position(:email in a.email) > 0",
                        "email",
                        criteria.email().map(part -> part.toLowerCase(Locale.ROOT)))
                .with(
                        "exists (select 1 from identifier i where i.account = a.uuid and i.partner = :partner)",
                        "partner",
                        criteria.partner())
                .with("a.deleted_at is not null", criteria.deleted())
                .with(
                        "exists (select 1 from document d where d.account = a.uuid and d.reviewed_at is null)",
                        criteria.waiting());
        return database.query(handle -> RowPage.of(
                conditions
                        .bind(handle.createQuery("""
                                select a.uuid, a.email, a.deleted_at,
                                    exists (select 1 from document d
                                        where d.account = a.uuid and d.reviewed_at is null) as waiting,
                                    (select count(*) from identifier i where i.account = a.uuid) as identifiers
                                from account a where %s order by a.uuid limit :limit""".formatted(conditions)))
                        .bind("limit", limit + 1)
                        .map((row, context) -> new Row(
                                row.getObject("uuid", UUID.class),
                                Optional.ofNullable(row.getString("email")),
                                PartnerAdministration.moment(row, "deleted_at"),
                                row.getBoolean("waiting"),
                                row.getInt("identifiers")))
                        .list(),
                limit,
                Row::uuid));
    }
}

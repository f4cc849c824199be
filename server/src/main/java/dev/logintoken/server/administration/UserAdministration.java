package dev.logintoken.server.administration;

import dev.logintoken.server.audit.Audit;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Identifiers;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.directory.Users;
import dev.logintoken.server.directory.Users.Side;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Creates, changes and lists users, their documents and their identifiers. */
public final class UserAdministration {

    private final Database database;
    private final Clock clock;
    private final Administration administration;

    UserAdministration(Database database, Clock clock, Administration administration) {
        this.database = database;
        this.clock = clock;
        this.administration = administration;
    }

    /**
     * A user, as an operator sees them.
     *
     * @param uuid the user's id
     * @param email the email address; empty if there is none or it was erased
     * @param deletedAt when the user was deleted; empty if the user exists
     * @param documents the sides of the user's documents
     * @param identifiers the identifiers linked to the user
     */
    public record Details(
            UUID uuid,
            Optional<String> email,
            Optional<Instant> deletedAt,
            List<Document> documents,
            List<Identifier> identifiers) {}

    /**
     * A side of a document.
     *
     * @param reviewedAt when it was reviewed; empty while it waits for review
     */
    public record Document(Side side, Optional<Instant> reviewedAt) {}

    /**
     * An identifier that is linked to the user.
     *
     * @param partner name of the partner that registered it
     */
    public record Identifier(String identifier, String partner) {}

    /** Returns the user with this email address or uuid, deleted or not. */
    public Optional<Details> find(String name) {
        return database.findByText(
                name,
                handle -> handle.createQuery("""
                        select uuid, email, deleted_at from account
                        where email = :email or cast(uuid as varchar) = :email""")
                        .bind("email", name.toLowerCase(Locale.ROOT))
                        .map((row, context) -> {
                            UUID uuid = row.getObject("uuid", UUID.class);
                            return new Details(
                                    uuid,
                                    Optional.ofNullable(row.getString("email")),
                                    PartnerAdministration.moment(row, "deleted_at"),
                                    handle.select("select side, reviewed_at from document where account = ?", uuid)
                                            .map((side, any) -> new Document(
                                                    Side.valueOf(side.getString("side")),
                                                    PartnerAdministration.moment(side, "reviewed_at")))
                                            .list(),
                                    handle.select(
                                                    "select i.identifier, p.username from identifier i"
                                                            + " join partner p on p.uuid = i.partner where i.account = ?",
                                                    uuid)
                                            .map((link, any) -> new Identifier(
                                                    link.getString("identifier"), link.getString("username")))
                                            .list());
                        })
                        .findFirst());
    }

    /**
     * Creates a user, unless the id or the address is taken. A deleted user's address is taken until it is erased.
     *
     * @param uuid the user's id, which may come from another system
     * @param email empty if the user does not log in by password
     * @param passwordHash empty if the user does not log in by password
     * @return whether the user was created
     */
    public boolean create(UUID uuid, Optional<String> email, Optional<String> passwordHash) {
        return administration.change(
                "user create",
                Optional.empty(),
                Optional.of(uuid),
                handle -> Users.insert(
                        handle, uuid, email.map(address -> address.toLowerCase(Locale.ROOT)), passwordHash));
    }

    /** Marks a user as deleted. Sessions and links stay, and every request for the user is refused. */
    public void delete(UUID user) {
        administration.change(
                "user delete",
                Optional.empty(),
                Optional.of(user),
                handle -> Users.markDeleted(handle, user, clock.instant()));
    }

    /**
     * Erases a user's personal data. The id, the time of deletion and the links stay, so that partners still learn that the
     * user was deleted.
     */
    public void erase(UUID user) {
        administration.change("user erase", Optional.empty(), Optional.of(user), handle -> {
            Users.erase(handle, user, clock.instant());
            Sessions.deleteOfUser(handle, user);
            Identifiers.deleteConsents(handle, user);
            return true;
        });
    }

    /**
     * Revokes the login tokens that were issued for a user until now.
     *
     * @param sessions whether to log the user out as well
     */
    public void revoke(UUID user, boolean sessions) {
        administration.change("revoke user", Optional.empty(), Optional.of(user), handle -> {
            Users.replaceStamp(handle, user);
            if (sessions) {
                Sessions.revokeOfUser(handle, user, clock.instant());
            }
            return true;
        });
    }

    /** Records that a side of the user's document waits for review. */
    public void setDocument(UUID user, Side side) {
        administration.change("document set", Optional.empty(), Optional.of(user), handle -> {
            Users.setDocument(handle, user, side);
            return true;
        });
    }

    /**
     * Records that documents of a user were reviewed.
     *
     * @param side the side that was reviewed; empty for all
     * @return whether any side waited for review
     */
    public boolean review(UUID user, Optional<Side> side) {
        return administration.change(
                "document review",
                Optional.empty(),
                Optional.of(user),
                handle -> Users.review(handle, user, side, clock.instant()));
    }

    /**
     * Links an identifier to a user, and registers it first if necessary.
     *
     * @param partner the partner that knows the user by this identifier
     * @return whether the identifier is linked now; false if it belongs to another partner or user
     */
    public boolean link(UUID partner, String identifier, UUID user) {
        return database.durable(handle -> Identifiers.register(
                        handle, administration.operator(), partner, identifier, Optional.of(user), Optional.empty())
                .isPresent());
    }

    /**
     * Unlinks an identifier; it stays registered.
     *
     * @return whether it was linked
     */
    public boolean unlink(String identifier) {
        return database.durable(handle -> Identifiers.find(handle, identifier)
                .filter(registered -> registered.registration().user().isPresent())
                .map(linked -> {
                    Identifiers.unlink(handle, identifier);
                    Audit.Event.done(
                                    administration.operator(),
                                    "unlink",
                                    Optional.of(linked.partner()),
                                    linked.registration().user(),
                                    Optional.empty())
                            .write(handle);
                    return linked;
                })
                .isPresent());
    }
}

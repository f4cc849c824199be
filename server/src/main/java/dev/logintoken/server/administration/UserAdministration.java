package dev.logintoken.server.administration;

import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Audit;
import dev.logintoken.server.directory.StoredDirectory;
import dev.logintoken.server.secret.Stamp;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.database.Database.utc;

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

    /** A side of an identity document. */
    public enum Side {
        /** The side with the picture. */
        FRONT,
        /** The other side. */
        BACK
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
                handle -> handle.createUpdate("""
                                        insert into account (uuid, email, password_hash, stamp)
                                        select cast(:uuid as uuid), cast(:email as varchar), cast(:hash as varchar),
                                            cast(:stamp as bytea)
                                        where not exists (
                                            select 1 from account where uuid = :uuid or email = :email)""")
                                .bind("uuid", uuid)
                                .bind(
                                        "email",
                                        email.map(address -> address.toLowerCase(Locale.ROOT))
                                                .orElse(null))
                                .bind("hash", passwordHash.orElse(null))
                                .bind("stamp", Stamp.random())
                                .execute()
                        == 1);
    }

    /** Marks a user as deleted. Sessions and links stay, and every request for the user is refused. */
    public void delete(UUID user) {
        administration.change(
                "user delete",
                Optional.empty(),
                Optional.of(user),
                handle -> handle.execute(
                                "update account set deleted_at = coalesce(deleted_at, ?) where uuid = ?",
                                utc(clock.instant()),
                                user)
                        == 1);
    }

    /**
     * Erases a user's personal data. The id, the time of deletion and the links stay, so that partners still learn that the
     * user was deleted.
     */
    public void erase(UUID user) {
        administration.change("user erase", Optional.empty(), Optional.of(user), handle -> {
            handle.execute(
                    "update account set deleted_at = coalesce(deleted_at, ?), email = null, password_hash = null,"
                            + " stamp = ? where uuid = ?",
                    utc(clock.instant()),
                    Stamp.random(),
                    user);
            handle.execute("delete from document where account = ?", user);
            handle.execute("delete from session where account = ?", user);
            handle.execute("delete from link_consent where account = ?", user);
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
            handle.execute("update account set stamp = ? where uuid = ?", Stamp.random(), user);
            if (sessions) {
                administration.endSessions(handle, "account", user);
            }
            return true;
        });
    }

    /** Records that a side of the user's document waits for review. */
    public void setDocument(UUID user, Side side) {
        administration.change("document set", Optional.empty(), Optional.of(user), handle -> {
            if (handle.execute(
                            "update document set reviewed_at = null where account = ? and side = ?", user, side.name())
                    == 0) {
                handle.execute(
                        "insert into document (uuid, account, side) values (?, ?, ?)",
                        UUID.randomUUID(),
                        user,
                        side.name());
            }
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
                handle -> handle.createUpdate("""
                                        update document set reviewed_at = :now
                                        where account = :user and reviewed_at is null
                                          and (cast(:side as varchar) is null or side = :side)""")
                                .bind("now", utc(clock.instant()))
                                .bind("user", user)
                                .bind("side", side.map(Side::name).orElse(null))
                                .execute()
                        > 0);
    }

    /**
     * Links an identifier to a user, and registers it first if necessary.
     *
     * @param partner the partner that knows the user by this identifier
     * @return whether the identifier is linked now; false if it belongs to another partner or user
     */
    public boolean link(UUID partner, String identifier, UUID user) {
        return database.durable(handle -> StoredDirectory.register(
                        handle, administration.operator(), partner, identifier, Optional.of(user))
                .isPresent());
    }

    /**
     * Unlinks an identifier; it stays registered.
     *
     * @return whether it was linked
     */
    public boolean unlink(String identifier) {
        return database.durable(handle -> handle.select(
                        "select partner, account from identifier where identifier = ? and account is not null",
                        identifier)
                .map((row, context) -> Audit.Event.done(
                        administration.operator(),
                        "unlink",
                        Optional.of(row.getObject("partner", UUID.class)),
                        Optional.of(row.getObject("account", UUID.class))))
                .findOne()
                .filter(entry -> {
                    entry.write(handle);
                    return handle.execute("update identifier set account = null where identifier = ?", identifier) == 1;
                })
                .isPresent());
    }
}

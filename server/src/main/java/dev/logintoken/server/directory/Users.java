package dev.logintoken.server.directory;

import dev.logintoken.server.database.Database;
import dev.logintoken.server.secret.Stamp;
import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.database.Database.utc;

/**
 * Stores users and their documents. As {@link Accounts} it has the users who were not deleted, by email address in
 * lower case. The static methods are parts of a caller's transaction.
 */
public final class Users implements Accounts {

    private final Database database;

    Users(Database database) {
        this.database = database;
    }

    /** A side of an identity document. */
    public enum Side {
        /** The side with the picture. */
        FRONT,
        /** The other side. */
        BACK
    }

    /**
     * The row of a user.
     *
     * @param user empty if the user was deleted
     */
    record Row(Optional<User> user) {}

    Optional<Row> row(UUID uuid) {
        return database.query(handle -> handle.select("""
                        select a.uuid, a.stamp, a.deleted_at, exists (
                            select 1 from document d where d.account = a.uuid and d.reviewed_at is null) as pending
                        from account a where a.uuid = ?""", uuid)
                .map((row, context) -> new Row(
                        row.getObject("deleted_at") != null
                                ? Optional.empty()
                                : Optional.of(new User(
                                        row.getObject("uuid", UUID.class),
                                        row.getBytes("stamp"),
                                        row.getBoolean("pending")))))
                .findOne());
    }

    @Override
    public String kind() {
        return "account";
    }

    @Override
    public Optional<Account> find(String email) {
        return database.findByText(
                email,
                handle -> handle.select(
                                "select uuid, password_hash from account where email = ? and deleted_at is null", email)
                        .map((row, context) -> Account.of(row))
                        .findOne());
    }

    @Override
    public void replaceHash(UUID user, String old, String next) {
        database.query(handle -> handle.execute(
                "update account set password_hash = ? where uuid = ? and password_hash = ?", next, user, old));
    }

    /** Returns a user's email address, or the id if there is none; empty if there is no such user. */
    public Optional<String> name(UUID user) {
        return database.query(handle -> handle.select(
                        "select coalesce(email, cast(uuid as varchar)) from account"
                                + " where uuid = ? and deleted_at is null",
                        user)
                .mapTo(String.class)
                .findOne());
    }

    /**
     * Inserts a user, unless the id or the address is taken.
     *
     * @param email in lower case; empty if the user does not log in by password
     * @param passwordHash empty if the user does not log in by password
     */
    public static boolean insert(Handle handle, UUID uuid, Optional<String> email, Optional<String> passwordHash) {
        return handle.createUpdate("""
                        insert into account (uuid, email, password_hash, stamp)
                        select cast(:uuid as uuid), cast(:email as varchar), cast(:hash as varchar),
                            cast(:stamp as bytea)
                        where not exists (select 1 from account where uuid = :uuid or email = :email)""")
                        .bind("uuid", uuid)
                        .bind("email", email.orElse(null))
                        .bind("hash", passwordHash.orElse(null))
                        .bind("stamp", Stamp.random())
                        .execute()
                == 1;
    }

    /** Marks a user as deleted; returns whether there is a row. */
    public static boolean markDeleted(Handle handle, UUID user, Instant now) {
        return handle.execute("update account set deleted_at = coalesce(deleted_at, ?) where uuid = ?", utc(now), user)
                == 1;
    }

    /** Marks a user as deleted, erases email address and password, and deletes the documents. */
    public static void erase(Handle handle, UUID user, Instant now) {
        markDeleted(handle, user, now);
        handle.execute(
                "update account set email = null, password_hash = null, stamp = ? where uuid = ?",
                Stamp.random(),
                user);
        handle.execute("delete from document where account = ?", user);
    }

    /** Revokes the login tokens that were issued for a user. */
    public static void replaceStamp(Handle handle, UUID user) {
        handle.execute("update account set stamp = ? where uuid = ?", Stamp.random(), user);
    }

    /** Deletes a user's row, and the rows that belong to it. */
    public static void delete(Handle handle, UUID user) {
        handle.execute("delete from account where uuid = ?", user);
    }

    /**
     * Inserts a side of a user's document, which waits for review, unless that side is there.
     *
     * @param uuid the id of the new row
     */
    public static void insertDocument(Handle handle, UUID uuid, UUID user, Side side) {
        handle.execute("""
                        insert into document (uuid, account, side)
                        select cast(? as uuid), cast(? as uuid), cast(? as varchar)
                        where not exists (select 1 from document where account = ? and side = ?)""", uuid, user, side.name(), user, side.name());
    }

    /** Lets a side of a user's document wait for review. */
    public static void setDocument(Handle handle, UUID user, Side side) {
        handle.execute("update document set reviewed_at = null where account = ? and side = ?", user, side.name());
        insertDocument(handle, UUID.randomUUID(), user, side);
    }

    /**
     * Records that documents of a user were reviewed.
     *
     * @param side the side that was reviewed; empty for all
     * @return whether any side waited for review
     */
    public static boolean review(Handle handle, UUID user, Optional<Side> side, Instant now) {
        return handle.createUpdate("""
                        update document set reviewed_at = :now
                        where account = :user and reviewed_at is null
                          and (cast(:side as varchar) is null or side = :side)""")
                        .bind("now", utc(now))
                        .bind("user", user)
                        .bind("side", side.map(Side::name).orElse(null))
                        .execute()
                > 0;
    }
}

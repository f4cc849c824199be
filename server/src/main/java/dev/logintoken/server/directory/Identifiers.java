package dev.logintoken.server.directory;

import dev.logintoken.server.audit.Audit;
import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.cache.RowKey;
import dev.logintoken.server.database.Database;
import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.server.database.Database.utc;

/** Stores identifiers and their links to users. The static methods are parts of a caller's transaction. */
public final class Identifiers {

    private final Database database;
    private final RowCache cache;

    Identifiers(Database database, RowCache cache) {
        this.database = database;
        this.cache = cache;
    }

    /** A registration and its partner. An identifier has one registration. */
    public record Registered(UUID partner, Registration registration) {

        /** Returns the registration if it belongs to the asking partner. */
        public Optional<Registration> of(UUID asking) {
            return partner.equals(asking) ? Optional.of(registration) : Optional.empty();
        }
    }

    Optional<Registered> find(String identifier) {
        return database.findByText(identifier, handle -> find(handle, identifier));
    }

    /** Returns the registration of an identifier, with its partner. */
    public static Optional<Registered> find(Handle handle, String identifier) {
        return handle.select("select partner, uuid, account from identifier where identifier = ?", identifier)
                .map((row, context) -> new Registered(
                        row.getObject("partner", UUID.class),
                        new Registration(
                                row.getObject("uuid", UUID.class),
                                Optional.ofNullable(row.getObject("account", UUID.class)))))
                .findOne();
    }

    /**
     * Registers an identifier for a partner, and links it if a user is given. An existing registration stays. An
     * existing link never changes to another user.
     *
     * @param request the request id, for the audit
     * @return the current registration; empty if the identifier belongs to another partner or user
     */
    public Optional<Registration> register(UUID partner, String identifier, Optional<UUID> user, String request) {
        try {
            return database.transactionOrAgain(
                    handle -> register(handle, partner.toString(), partner, identifier, user, Optional.of(request)));
        } finally {
            cache.invalidate(RowKey.identifier(identifier));
        }
    }

    /**
     * Registers an identifier as part of a transaction.
     *
     * @param actor who acts, for the audit
     * @param request the request id, for the audit; a command has none
     */
    public static Optional<Registration> register(
            Handle handle,
            String actor,
            UUID partner,
            String identifier,
            Optional<UUID> user,
            Optional<String> request) {
        insert(handle, identifier, partner);
        user.ifPresent(linked -> {
            if (link(handle, identifier, partner, linked)) {
                Audit.Event.done(actor, "link", Optional.of(partner), user, request)
                        .write(handle);
            }
        });
        return find(handle, identifier)
                .flatMap(registered -> registered.of(partner))
                .filter(registration -> user.isEmpty() || registration.user().equals(user));
    }

    /** Inserts an identifier without a link, unless any partner has registered it. */
    public static void insert(Handle handle, String identifier, UUID partner) {
        handle.createUpdate("""
                        insert into identifier (identifier, uuid, partner, account)
                        select cast(:identifier as varchar), cast(:uuid as uuid), cast(:partner as uuid), null
                        where not exists (select 1 from identifier where identifier = :identifier)""")
                .bind("identifier", identifier)
                .bind("uuid", UUID.randomUUID())
                .bind("partner", partner)
                .execute();
    }

    /** Links a partner's identifier to a user, unless it is linked already. */
    public static boolean link(Handle handle, String identifier, UUID partner, UUID user) {
        return handle.execute(
                        "update identifier set account = ? where identifier = ? and partner = ? and account is null",
                        user,
                        identifier,
                        partner)
                == 1;
    }

    /**
     * Links a partner's identifier to the user whose consent has not expired, unless it is linked already. One
     * statement decides, so only one of many confirmations succeeds.
     *
     * @param verifier SHA-256 of the consent's verifier
     */
    public static boolean linkByConsent(Handle handle, String identifier, UUID partner, byte[] verifier, Instant now) {
        return handle.createUpdate("""
                        update identifier i set account = (
                            select c.account from link_consent c
                            where c.registration = i.uuid and c.verifier_sha256 = :verifier)
                        where i.identifier = :identifier and i.partner = :partner and i.account is null
                          and exists (
                            select 1 from link_consent c join account a on a.uuid = c.account
                            where c.registration = i.uuid and c.verifier_sha256 = :verifier and c.expires_at > :now
                              and a.deleted_at is null)""")
                        .bind("verifier", verifier)
                        .bind("identifier", identifier)
                        .bind("partner", partner)
                        .bind("now", utc(now))
                        .execute()
                == 1;
    }

    /** Returns whether a partner's registration is linked to a user. */
    public static boolean isLinked(Handle handle, UUID registration, UUID partner, UUID user) {
        return handle.select(
                        "select 1 from identifier where uuid = ? and partner = ? and account = ?",
                        registration,
                        partner,
                        user)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Removes the link of an identifier, which stays registered. */
    public static void unlink(Handle handle, String identifier) {
        handle.execute("update identifier set account = null where identifier = ?", identifier);
    }

    /** Deletes the consents to a link that a user gave. */
    public static void deleteConsents(Handle handle, UUID user) {
        handle.execute("delete from link_consent where account = ?", user);
    }

    /** Deletes an identifier. */
    public static void delete(Handle handle, String identifier) {
        handle.execute("delete from identifier where identifier = ?", identifier);
    }
}

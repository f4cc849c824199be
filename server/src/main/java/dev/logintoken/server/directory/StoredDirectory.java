package dev.logintoken.server.directory;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.database.Database;
import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The directory in the database. Its methods throw {@code UnavailableException} while the database does not answer.
 *
 * @param partners partners, by id, API key or name
 * @param users users, by id or email address
 * @param identifiers the partners' identifiers
 */
public record StoredDirectory(Partners partners, Users users, Identifiers identifiers) implements Directory {

    public StoredDirectory(Database database, RowCache cache) {
        this(new Partners(database), new Users(database), new Identifiers(database, cache));
    }

    /** Deletes everything except the audit. Rows that refer to deleted ones go with them. */
    public static void clear(Handle handle) {
        for (String table :
                List.of("redeemed_login_token", "session", "account", "partner", "attempt_bucket", "known_network")) {
            handle.execute("delete from " + table);
        }
        handle.execute("update redemption_watermark set expired_before = ?", Database.utc(Instant.EPOCH));
    }

    @Override
    public Directory uncached() {
        return this;
    }

    @Override
    public Optional<Partner> partner(UUID uuid) {
        return partners.byId(uuid);
    }

    @Override
    public Optional<Partner> partnerByApiKey(byte[] sha256) {
        return partners.byApiKey(sha256);
    }

    @Override
    public Optional<Registration> registration(UUID partner, String identifier) {
        return identifiers.find(identifier).flatMap(registered -> registered.of(partner));
    }

    @Override
    public Optional<User> user(UUID uuid) {
        return users.row(uuid).flatMap(Users.Row::user);
    }
}

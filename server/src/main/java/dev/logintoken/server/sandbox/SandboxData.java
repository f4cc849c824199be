package dev.logintoken.server.sandbox;

import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.secret.Sha256;
import dev.logintoken.server.secret.Stamp;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Inserts and deletes the sandbox's data. Each {@code insert} leaves existing rows alone. */
final class SandboxData {

    private final Database database;
    private final RowCache cache;
    private final Clock clock;

    SandboxData(Database database, RowCache cache, Clock clock) {
        this.database = database;
        this.cache = cache;
        this.clock = clock;
    }

    void partner(UUID uuid, String username, @Nullable String passwordHash, String role) {
        insert(
                "select 1 from partner where uuid = ?",
                uuid,
                "insert into partner (uuid, username, password_hash, role, stamp) values (?, ?, ?, ?, ?)",
                uuid,
                username,
                passwordHash,
                role,
                Stamp.random());
        insert(
                "select 1 from partner_origin where partner = ?",
                uuid,
                "insert into partner_origin (partner, origin) values (?, ?)",
                uuid,
                "*");
    }

    void disablePartner(UUID uuid) {
        execute("update partner set disabled_at = ? where uuid = ?", now(), uuid);
    }

    void removePartner(UUID uuid) {
        execute("delete from partner where uuid = ?", uuid);
    }

    void apiKey(String key, UUID partner) {
        byte[] sha256 = Sha256.of(key);
        insert(
                "select 1 from api_key where sha256 = ?",
                sha256,
                "insert into api_key (sha256, partner) values (?, ?)",
                sha256,
                partner);
    }

    void revokeApiKey(String key) {
        execute("update api_key set revoked_at = ? where sha256 = ?", now(), Sha256.of(key));
    }

    void removeApiKey(String key) {
        execute("delete from api_key where sha256 = ?", Sha256.of(key));
    }

    void user(UUID uuid, @Nullable String email, @Nullable String passwordHash) {
        insert(
                "select 1 from account where uuid = ?",
                uuid,
                "insert into account (uuid, email, password_hash, stamp) values (?, ?, ?, ?)",
                uuid,
                email,
                passwordHash,
                Stamp.random());
    }

    void deleteUser(UUID uuid) {
        execute("update account set deleted_at = ? where uuid = ? and deleted_at is null", now(), uuid);
    }

    void removeUser(UUID uuid) {
        execute("delete from account where uuid = ?", uuid);
    }

    void identifier(String identifier, UUID partner, @Nullable UUID user) {
        insert(
                "select 1 from identifier where identifier = ?",
                identifier,
                "insert into identifier (identifier, uuid, partner, account) values (?, ?, ?, ?)",
                identifier,
                UUID.randomUUID(),
                partner,
                user);
    }

    void removeIdentifier(String identifier) {
        execute("delete from identifier where identifier = ?", identifier);
    }

    void documentUnderReview(UUID user) {
        insert(
                "select 1 from document where account = ?",
                user,
                "insert into document (uuid, account, side) values (?, ?, ?)",
                user, // Its only one: two sandboxes that start together do not each put one in.
                user,
                "FRONT");
    }

    void documentsReviewed(UUID user) {
        execute("update document set reviewed_at = ? where account = ?", now(), user);
    }

    void restampUser(UUID user) {
        execute("update account set stamp = ? where uuid = ?", Stamp.random(), user);
    }

    void restampPartner(UUID partner) {
        execute("update partner set stamp = ? where uuid = ?", Stamp.random(), partner);
    }

    UUID session(UUID partner, @Nullable UUID user) {
        return session(partner, user, clock.instant().plus(Duration.ofDays(1)));
    }

    UUID session(UUID partner, @Nullable UUID user, Instant endsAt) {
        UUID sid = UUID.randomUUID();
        execute(
                "insert into session (sid, partner, account, started_at, ends_at) values (?, ?, ?, ?, ?)",
                sid,
                partner,
                user,
                now(),
                Database.utc(endsAt));
        return sid;
    }

    void refreshToken(String token, UUID sid, @Nullable Instant usedAt) {
        execute(
                "insert into refresh_token (sha256, sid, used_at) values (?, ?, ?)",
                Sha256.of(token),
                sid,
                usedAt == null ? null : Database.utc(usedAt));
    }

    void forgetAttempts() {
        execute("delete from attempt_bucket");
    }

    void revokeSession(UUID sid) {
        execute("update session set revoked_at = ? where sid = ?", now(), sid);
    }

    void removeSession(UUID sid) {
        execute("delete from session where sid = ?", sid);
    }

    /** Deletes everything except the audit. Rows that refer to deleted ones go with them. */
    void clear() {
        for (String table :
                List.of("redeemed_login_token", "session", "account", "partner", "attempt_bucket", "known_network")) {
            execute("delete from " + table);
        }
        execute("update redemption_watermark set expired_before = ?", Database.utc(Instant.EPOCH));
    }

    private void insert(String find, Object key, String sql, @Nullable Object... values) {
        database.transactionOrAgain(handle -> {
            if (handle.select(find, key).mapTo(Integer.class).findOne().isEmpty()) {
                handle.execute(sql, values);
            }
            return true;
        });
        cache.invalidateAll();
    }

    private void execute(String sql, @Nullable Object... values) {
        database.query(handle -> handle.execute(sql, values));
        cache.invalidateAll();
    }

    private OffsetDateTime now() {
        return Database.utc(clock.instant());
    }
}

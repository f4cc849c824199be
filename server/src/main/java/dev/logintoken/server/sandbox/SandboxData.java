package dev.logintoken.server.sandbox;

import dev.logintoken.server.audit.Audit;
import dev.logintoken.server.cache.RowCache;
import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.Identifiers;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.Partners;
import dev.logintoken.server.directory.Session;
import dev.logintoken.server.directory.Sessions;
import dev.logintoken.server.directory.StoredDirectory;
import dev.logintoken.server.directory.Users;
import dev.logintoken.server.secret.Sha256;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Makes the rows of the fixture and of provider states. Existing rows stay as they are. Methods with a parameter
 * {@code undo} add a step to it, which removes the row again.
 */
final class SandboxData {

    private final Database database;
    private final RowCache cache;
    private final Clock clock;

    SandboxData(Database database, RowCache cache, Clock clock) {
        this.database = database;
        this.cache = cache;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    void partner(UUID uuid, String username, Optional<String> passwordHash, Partner.Role role) {
        change(handle -> {
            Partners.insert(handle, uuid, username, role, passwordHash);
            if (Partners.origins(handle, uuid).isEmpty()) {
                Partners.insertOrigin(handle, uuid, "*");
            }
        });
    }

    UUID partner(Deque<Runnable> undo) {
        UUID partner = UUID.randomUUID();
        partner(partner, "partner-" + partner, Optional.empty(), Partner.Role.APP);
        undo.push(() -> change(handle -> Partners.delete(handle, partner)));
        return partner;
    }

    void disablePartner(UUID partner) {
        change(handle -> Partners.disable(handle, partner, now()));
    }

    void replaceStampOfPartner(UUID partner) {
        change(handle -> Partners.replaceStamp(handle, partner));
    }

    void apiKey(String key, UUID partner) {
        change(handle -> Partners.insertApiKey(handle, Sha256.of(key), partner));
    }

    String apiKey(Deque<Runnable> undo, UUID partner) {
        String key = "key-" + UUID.randomUUID();
        apiKey(key, partner);
        undo.push(() -> change(handle -> Partners.deleteApiKey(handle, Sha256.of(key))));
        return key;
    }

    void revokeApiKey(String key) {
        change(handle -> Partners.revokeApiKey(handle, Audit.head(Sha256.of(key)), now()));
    }

    void user(UUID uuid, Optional<String> email, Optional<String> passwordHash) {
        change(handle -> Users.insert(handle, uuid, email, passwordHash));
    }

    UUID user(Deque<Runnable> undo) {
        UUID user = UUID.randomUUID();
        return user(undo, user, Optional.of(user + "@example.com"));
    }

    UUID userWithoutEmail(Deque<Runnable> undo) {
        return user(undo, UUID.randomUUID(), Optional.empty());
    }

    private UUID user(Deque<Runnable> undo, UUID user, Optional<String> email) {
        user(user, email, Optional.empty());
        undo.push(() -> change(handle -> Users.delete(handle, user)));
        return user;
    }

    void deleteUser(UUID user) {
        change(handle -> Users.markDeleted(handle, user, now()));
    }

    void replaceStampOfUser(UUID user) {
        change(handle -> Users.replaceStamp(handle, user));
    }

    /** The document's id is the user's, so that two sandboxes that start together insert one document. */
    void documentUnderReview(UUID user) {
        change(handle -> Users.insertDocument(handle, user, user, Users.Side.FRONT));
    }

    void documentsReviewed(UUID user) {
        change(handle -> Users.review(handle, user, Optional.empty(), now()));
    }

    /** Registers an identifier, and links it unless the user is null. */
    void identifier(String identifier, UUID partner, @Nullable UUID user) {
        change(handle -> {
            Identifiers.insert(handle, identifier, partner);
            if (user != null) {
                Identifiers.link(handle, identifier, partner, user);
            }
        });
    }

    String identifier(Deque<Runnable> undo, UUID partner, @Nullable UUID user) {
        String identifier = freeIdentifier(undo);
        identifier(identifier, partner, user);
        return identifier;
    }

    /** Returns an identifier that nobody has registered. The interaction may register it. */
    String freeIdentifier(Deque<Runnable> undo) {
        String identifier = (UUID.randomUUID() + "user0000").replace("-", "");
        undo.push(() -> change(handle -> Identifiers.delete(handle, identifier)));
        return identifier;
    }

    UUID session(Deque<Runnable> undo, UUID partner, @Nullable UUID user) {
        return session(undo, partner, user, now().plus(Duration.ofDays(1)));
    }

    UUID session(Deque<Runnable> undo, UUID partner, @Nullable UUID user, Instant endsAt) {
        Session session = new Session(UUID.randomUUID(), partner, Optional.ofNullable(user), endsAt, false);
        change(handle -> Sessions.insert(handle, session, now()));
        undo.push(() -> change(handle -> Sessions.delete(handle, session.sid())));
        return session.sid();
    }

    void revokeSession(UUID sid) {
        change(handle -> Sessions.revoke(handle, sid, now()));
    }

    /** Deletes everything except the audit. Rows that refer to deleted ones go with them. */
    void clear() {
        change(StoredDirectory::clear);
    }

    void refreshToken(String token, UUID sid, @Nullable Instant usedAt) {
        change(handle -> {
            Sessions.insertRefreshToken(handle, Sha256.of(token), sid);
            if (usedAt != null) {
                Sessions.use(handle, Sha256.of(token), usedAt);
            }
        });
    }

    private void change(Consumer<Handle> change) {
        database.transactionOrAgain(handle -> {
            change.accept(handle);
            return true;
        });
        cache.invalidateAll();
    }
}

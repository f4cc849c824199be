package dev.logintoken.server.database;

import dev.logintoken.server.failure.UnfitException;
import org.jdbi.v3.core.Handle;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

import static dev.logintoken.server.database.Database.utc;

/**
 * Proves at the start that commits are visible to other connections. The single use of a login token depends on that.
 * The proof writes a row for a used token on one connection, and reads it on another. The row belongs to no real token.
 * It lies below the watermark, so the purge would delete it.
 */
final class CommitProof {

    private final byte[] sha256 = new byte[32];

    private CommitProof() {
        new SecureRandom().nextBytes(sha256);
    }

    /**
     * Writes a row into a database and looks for it.
     *
     * @param other the same database through other connections
     * @throws UnfitException if the row is not visible everywhere
     */
    static void of(Database database, Database other) {
        CommitProof proof = new CommitProof();
        database.durable(proof::insert);
        // While this code holds the first connection, the pool has to hand out another one.
        boolean found = database.query(handle -> proof.isThere(handle) && other.query(proof::isThere));
        database.query(proof::delete);
        if (!found) {
            throw new UnfitException("a row that was committed on one of its connections is not there on another. All"
                    + " connections must lead to the same database, and a commit must take effect at once");
        }
    }

    private int insert(Handle handle) {
        UUID nobody = new UUID(0, 0);
        return handle.execute(
                "insert into redeemed_login_token (sha256, account, partner, redeemed_by, redeemed_at, expiry)"
                        + " values (?, ?, ?, ?, ?, ?)",
                sha256,
                nobody,
                nobody,
                nobody,
                utc(Instant.EPOCH),
                utc(Instant.EPOCH));
    }

    private boolean isThere(Handle handle) {
        return handle.select("select 1 from redeemed_login_token where sha256 = ?", sha256)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private int delete(Handle handle) {
        return handle.execute("delete from redeemed_login_token where sha256 = ?", sha256);
    }
}

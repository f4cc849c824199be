package dev.logintoken.server.cache;

import dev.logintoken.server.secret.Sha256;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The key of a cached row. Its text in notifications is {@code account:45b9313b-…}, which holds no secret.
 *
 * @param kind the kind of row
 * @param id the row's id; for an API key or an identifier the first half of its SHA-256
 */
public record RowKey(Kind kind, UUID id) {

    /** The kinds of rows, named as in the messages of PostgreSQL's triggers. */
    enum Kind {
        /** A user, including documents. */
        ACCOUNT,
        /** A partner. */
        PARTNER,
        /** A login. */
        SESSION,
        /** The partner of an API key. */
        API_KEY,
        /** The registration of an identifier. */
        IDENTIFIER
    }

    public static RowKey account(UUID uuid) {
        return new RowKey(Kind.ACCOUNT, uuid);
    }

    public static RowKey partner(UUID uuid) {
        return new RowKey(Kind.PARTNER, uuid);
    }

    public static RowKey session(UUID sid) {
        return new RowKey(Kind.SESSION, sid);
    }

    public static RowKey apiKey(byte[] sha256) {
        return new RowKey(Kind.API_KEY, half(sha256));
    }

    public static RowKey identifier(String identifier) {
        return new RowKey(Kind.IDENTIFIER, half(Sha256.of(identifier)));
    }

    /** Returns whether a trigger announces new rows of this kind, so that a miss can be cached. */
    boolean announcesInserts() {
        return kind == Kind.API_KEY;
    }

    /** Returns the key in a notification; empty if it does not name one row. */
    static Optional<RowKey> of(String text) {
        int colon = text.indexOf(':');
        try {
            return Optional.of(new RowKey(
                    Kind.valueOf(text.substring(0, Math.max(0, colon)).toUpperCase(Locale.ROOT)),
                    UUID.fromString(text.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    // Written by hand, because comparing records would leak memory. Java 17 keeps the type of the last record for which
    // it generated equals. In a container that type holds all classes of an undeployed application.

    @Override
    public boolean equals(Object other) {
        return other instanceof RowKey key && kind == key.kind && id.equals(key.id);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + kind.hashCode();
    }

    private static UUID half(byte[] sha256) {
        ByteBuffer bytes = ByteBuffer.wrap(sha256);
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}

package dev.logintoken.server.cache;

import dev.logintoken.server.secret.Sha256;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What a kept fact is about. A change is told by its text, {@code account:45b9313b-…}, which holds no secret.
 *
 * @param kind what sort of thing
 * @param id its id; of a key or an identifier the first half of its SHA-256
 */
public record RowKey(Kind kind, UUID id) {

    /** The sorts, by the names under which PostgreSQL's triggers tell their changes. */
    enum Kind {
        /** A user, with the documents. */
        ACCOUNT,
        /** A partner. */
        PARTNER,
        /** A login. */
        SESSION,
        /** Whose an API key is. */
        API_KEY,
        /** What was registered under an identifier. */
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

    /** What a text is about; empty if it does not name one thing. */
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

    // Written out, here and wherever records would be compared: Java 17 keeps the type of the last record that it made
    // an equals for, and with it, in a container, all classes of an application that has long been taken away.

    @Override
    public boolean equals(Object other) {
        return other instanceof RowKey subject && kind == subject.kind && id.equals(subject.id);
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

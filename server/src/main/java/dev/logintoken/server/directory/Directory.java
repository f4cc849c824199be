package dev.logintoken.server.directory;

import java.util.Optional;
import java.util.UUID;

/** Looks up the calling partner, and the user for whom it calls. */
public interface Directory {

    /** Returns a directory that reads the database each time. */
    Directory uncached();

    /** Returns the partner with this id, disabled or not. */
    Optional<Partner> partner(UUID uuid);

    /**
     * Returns the partner that an API key was issued to, unless the key was revoked.
     *
     * @param sha256 the SHA-256 of the key; keys themselves are not stored
     */
    Optional<Partner> partnerByApiKey(byte[] sha256);

    /** Returns the partner's own registration of an identifier. */
    Optional<Registration> registration(UUID partner, String identifier);

    /** Returns the user with this id, unless the user was deleted. */
    Optional<User> user(UUID uuid);
}

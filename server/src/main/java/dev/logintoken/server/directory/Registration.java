package dev.logintoken.server.directory;

import java.util.Optional;
import java.util.UUID;

/**
 * A user identifier that a partner registered.
 *
 * @param uuid its id, which says nothing about the identifier
 * @param user whom it is linked to, if anybody yet; the user may have been deleted since
 */
public record Registration(UUID uuid, Optional<UUID> user) {}

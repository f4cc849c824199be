package dev.logintoken.server.directory;

import java.util.Optional;
import java.util.UUID;

/**
 * A user identifier that a partner registered.
 *
 * @param uuid its id, which reveals nothing about the identifier
 * @param user the user linked to it, if there is one; the user may have been deleted since
 */
public record Registration(UUID uuid, Optional<UUID> user) {}

package dev.logintoken.server.directory;

import java.util.Optional;
import java.util.UUID;

/**
 * A user identifier that a partner registered.
 *
 * @param user whom it is linked to, if anybody yet; the user may have been deleted since
 */
public record Registration(Optional<UUID> user) {}

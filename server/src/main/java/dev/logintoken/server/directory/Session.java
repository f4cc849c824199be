package dev.logintoken.server.directory;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A login of a partner or a user: a family of refresh tokens, and their access tokens.
 *
 * @param sid its id, the {@code sid} of its access tokens
 * @param partner the partner that logged in, or through which the user logged in
 * @param user the user who logged in; empty if it is the partner's own session
 * @param endsAt when the session ends for good
 * @param revoked whether the session was ended earlier
 */
public record Session(UUID sid, UUID partner, Optional<UUID> user, Instant endsAt, boolean revoked) {}

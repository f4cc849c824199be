package dev.logintoken.server.directory;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A login of a partner or of a user: a family of refresh tokens and the access tokens that go with them.
 *
 * @param sid its id, the {@code sid} of its access tokens
 * @param partner whose login, or through whom
 * @param user whose login; empty if it is the partner's own
 * @param endsAt when it ends for good
 * @param revoked whether it was ended before
 */
public record Session(UUID sid, UUID partner, Optional<UUID> user, Instant endsAt, boolean revoked) {}

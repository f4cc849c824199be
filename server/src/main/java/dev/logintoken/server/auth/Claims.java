package dev.logintoken.server.auth;

import java.time.Instant;
import java.util.UUID;

/**
 * The claims of a genuine partner or user token.
 *
 * @param subject the partner, or the user
 * @param partner the partner through which the token was issued; in a partner token the subject itself
 * @param session the refresh family by which the token can be revoked
 * @param expiry when it expires; the reader allows for clock skew
 */
public record Claims(UUID subject, UUID partner, UUID session, Instant expiry) {}

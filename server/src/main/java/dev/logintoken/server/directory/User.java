package dev.logintoken.server.directory;

import java.util.UUID;

/**
 * A user who exists.
 *
 * @param uuid the user's id
 * @param stamp 16 random bytes, replaced to revoke the user's login tokens
 * @param documentPending whether a document side waits for review
 */
public record User(UUID uuid, byte[] stamp, boolean documentPending) {}

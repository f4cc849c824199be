package dev.logintoken.server.directory;

import java.util.UUID;

/**
 * A user who exists, that is, was not deleted.
 *
 * @param uuid the user's id
 * @param stamp 16 random bytes; a new stamp revokes the user's login tokens
 * @param documentPending whether a side of the user's document waits for review
 */
public record User(UUID uuid, byte[] stamp, boolean documentPending) {}

package dev.logintoken.server.auth;

import java.util.UUID;

/**
 * What a genuine request to link an identifier says.
 *
 * @param registration id of what is to be linked
 * @param partner who registered it
 * @param returnUrl where the user goes afterwards, checked when the request was made
 * @param expired whether it is too old to be followed
 */
public record LinkRequest(UUID registration, UUID partner, String returnUrl, boolean expired) {}

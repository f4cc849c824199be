package dev.logintoken.server.identifier;

import java.util.UUID;

/**
 * A genuine request to link an identifier.
 *
 * @param registration id of the registration to link
 * @param partner the partner that registered it
 * @param returnUrl where the user goes afterwards, checked when the request was made
 * @param expired whether it is too old to be followed
 */
public record LinkRequest(UUID registration, UUID partner, String returnUrl, boolean expired) {}

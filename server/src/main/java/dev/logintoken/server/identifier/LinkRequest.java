package dev.logintoken.server.identifier;

import java.util.UUID;

/**
 * A genuine request to link an identifier.
 *
 * @param registration id of the registration to link
 * @param partner the partner that registered it
 * @param returnUrl the URL to which the user returns, checked when the request was made
 * @param expired whether the request is too old to be accepted
 */
public record LinkRequest(UUID registration, UUID partner, String returnUrl, boolean expired) {}

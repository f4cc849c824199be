/** How a partner's identifier comes to name a user: request, consent, confirmation. */
@NullMarked
package dev.logintoken.server.identifier;

import org.jspecify.annotations.NullMarked;

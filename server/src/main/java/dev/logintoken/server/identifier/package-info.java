/** Links partners' identifiers to users: request, consent, confirmation. */
@NullMarked
package dev.logintoken.server.identifier;

import org.jspecify.annotations.NullMarked;

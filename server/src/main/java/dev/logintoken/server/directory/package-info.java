/** Stores partners, users, identifiers, documents and sessions. No other package has SQL for production. */
@NullMarked
package dev.logintoken.server.directory;

import org.jspecify.annotations.NullMarked;

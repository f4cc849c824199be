/** Random stamps, and the hashes by which secrets are stored. */
@NullMarked
package dev.logintoken.server.secret;

import org.jspecify.annotations.NullMarked;

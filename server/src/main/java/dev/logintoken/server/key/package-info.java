/** The secret keys of JWTs and login tokens: key rotation, and where keys are stored. */
@NullMarked
package dev.logintoken.server.key;

import org.jspecify.annotations.NullMarked;

/** The secret keys of JWTs and login tokens: which of them signs, which verify, and where they are kept. */
@NullMarked
package dev.logintoken.server.key;

import org.jspecify.annotations.NullMarked;

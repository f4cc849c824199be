/** Who is calling, and on whose behalf. */
@NullMarked
package dev.logintoken.server.auth;

import org.jspecify.annotations.NullMarked;

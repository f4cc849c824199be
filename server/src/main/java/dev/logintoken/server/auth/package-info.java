/** Authentication: which partner calls, and for which user. */
@NullMarked
package dev.logintoken.server.auth;

import org.jspecify.annotations.NullMarked;

/** Login tokens: issued without a write. */
@NullMarked
package dev.logintoken.server.token;

import org.jspecify.annotations.NullMarked;

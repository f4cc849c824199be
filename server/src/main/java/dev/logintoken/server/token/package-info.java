/** Login tokens: issuing and redeeming them, and their encoding. Issuing needs no write. */
@NullMarked
package dev.logintoken.server.token;

import org.jspecify.annotations.NullMarked;

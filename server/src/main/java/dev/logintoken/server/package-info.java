/** The login-token service: {@link dev.logintoken.server.Bootstrap} puts it together. */
@NullMarked
package dev.logintoken.server;

import org.jspecify.annotations.NullMarked;

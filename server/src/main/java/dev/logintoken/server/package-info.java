/** The login-token service. {@link dev.logintoken.server.Bootstrap} starts it. */
@NullMarked
package dev.logintoken.server;

import org.jspecify.annotations.NullMarked;

/** The exchange that a thread serves, its request id, and the escaping of texts in the log. */
@NullMarked
package dev.logintoken.server.log;

import org.jspecify.annotations.NullMarked;

/** What all exchanges have in common, whatever answers them: an id, headers, one line in the log, one figure. */
@NullMarked
package dev.logintoken.server.http;

import org.jspecify.annotations.NullMarked;

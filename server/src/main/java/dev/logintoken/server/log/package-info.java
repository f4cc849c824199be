/** Request ids, and the escaping of texts in the log. */
@NullMarked
package dev.logintoken.server.log;

import org.jspecify.annotations.NullMarked;

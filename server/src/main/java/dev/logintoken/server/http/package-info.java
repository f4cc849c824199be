/** What every exchange has, whatever answers it: a request id, headers, a line in the access log, and a count. */
@NullMarked
package dev.logintoken.server.http;

import org.jspecify.annotations.NullMarked;

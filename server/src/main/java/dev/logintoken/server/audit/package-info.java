/** The audit: the table of who did what, for whom, with what result. */
@NullMarked
package dev.logintoken.server.audit;

import org.jspecify.annotations.NullMarked;

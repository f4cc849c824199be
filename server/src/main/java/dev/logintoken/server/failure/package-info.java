/** Failures of the database: what each means to the service, and what an operator is told about it. */
@NullMarked
package dev.logintoken.server.failure;

import org.jspecify.annotations.NullMarked;

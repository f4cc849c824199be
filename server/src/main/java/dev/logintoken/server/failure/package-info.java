/** Tells the service what a failure of the database means, and tells an operator its cause and remedy. */
@NullMarked
package dev.logintoken.server.failure;

import org.jspecify.annotations.NullMarked;

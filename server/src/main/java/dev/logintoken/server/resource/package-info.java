/** The operations, as thin implementations of the generated interfaces. */
@NullMarked
package dev.logintoken.server.resource;

import org.jspecify.annotations.NullMarked;

/** The operations, as thin implementations of the generated interfaces, and what every exchange has in common. */
@NullMarked
package dev.logintoken.server.resource;

import org.jspecify.annotations.NullMarked;

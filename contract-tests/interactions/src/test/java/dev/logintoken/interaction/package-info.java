/** Tests what is derived from the Pact files. */
@NullMarked
package dev.logintoken.interaction;

import org.jspecify.annotations.NullMarked;

/** The interactions of the consumers' Pact files, and what the build derives from them. */
@NullMarked
package dev.logintoken.interaction;

import org.jspecify.annotations.NullMarked;

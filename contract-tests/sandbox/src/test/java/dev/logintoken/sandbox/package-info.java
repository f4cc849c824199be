/** Tests of the sandbox, as its users see it. */
@NullMarked
package dev.logintoken.sandbox;

import org.jspecify.annotations.NullMarked;

/** The service as a sandbox in the tests of its consumers. */
@NullMarked
package dev.logintoken.sandbox;

import org.jspecify.annotations.NullMarked;

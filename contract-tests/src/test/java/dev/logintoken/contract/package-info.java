/** Proves that the running WAR, the spec and the consumers' Pact files agree. */
@NullMarked
package dev.logintoken.contract;

import org.jspecify.annotations.NullMarked;

/** Pact files and where they come from, a proxy that records what passes, and the provider states. */
@NullMarked
package dev.logintoken.contract.pact;

import org.jspecify.annotations.NullMarked;

/** Verifies the interactions of all consumers against the running WAR. */
@NullMarked
package dev.logintoken.contract.verification;

import org.jspecify.annotations.NullMarked;

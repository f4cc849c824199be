/** Callers of the service who know its operations, and services that are ready for them. */
@NullMarked
package dev.logintoken.contract.client;

import org.jspecify.annotations.NullMarked;

/** Requests that the spec does not describe, or that are wrong in themselves, over HTTP. */
@NullMarked
package dev.logintoken.contract.edge;

import org.jspecify.annotations.NullMarked;

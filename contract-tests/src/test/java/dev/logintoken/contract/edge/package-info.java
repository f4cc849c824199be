/** Tests requests over HTTP that the spec does not describe, or that are malformed. */
@NullMarked
package dev.logintoken.contract.edge;

import org.jspecify.annotations.NullMarked;

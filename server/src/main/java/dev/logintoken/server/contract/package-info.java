/** Serves implementations of the generated interfaces: reads bodies, checks parameters, writes refusals. */
@NullMarked
package dev.logintoken.server.contract;

import org.jspecify.annotations.NullMarked;

/** The row cache, its keys, and the listener that invalidates it. */
@NullMarked
package dev.logintoken.server.cache;

import org.jspecify.annotations.NullMarked;

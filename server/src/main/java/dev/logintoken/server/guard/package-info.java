/** Decides who may call a sandbox: its developer, and browser apps of allowed origins. */
@NullMarked
package dev.logintoken.server.guard;

import org.jspecify.annotations.NullMarked;

/** What commands read from a command line and write to a terminal. */
@NullMarked
package dev.logintoken.server.terminal;

import org.jspecify.annotations.NullMarked;

/** The commands' input from the command line and output to the terminal. */
@NullMarked
package dev.logintoken.server.terminal;

import org.jspecify.annotations.NullMarked;

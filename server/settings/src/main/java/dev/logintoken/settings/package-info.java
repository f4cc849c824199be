/** The settings: one list of all of them, the sources that they are read from, and what is refused. */
@NullMarked
package dev.logintoken.settings;

import org.jspecify.annotations.NullMarked;

/** The settings: the list of all of them, their sources, and their checks. */
@NullMarked
package dev.logintoken.settings;

import org.jspecify.annotations.NullMarked;

/** Runs the WAR by {@code java -jar}, in a Jetty of its own. */
@NullMarked
package dev.logintoken.launcher;

import org.jspecify.annotations.NullMarked;

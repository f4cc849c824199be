/** The log of {@code java -jar}: where it goes, and how its lines look. */
@NullMarked
package dev.logintoken.launcher.log;

import org.jspecify.annotations.NullMarked;

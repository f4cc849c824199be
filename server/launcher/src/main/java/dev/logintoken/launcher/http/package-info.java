/** The HTTP of {@code java -jar}: where Jetty listens, its limits, and what it answers by itself. */
@NullMarked
package dev.logintoken.launcher.http;

import org.jspecify.annotations.NullMarked;

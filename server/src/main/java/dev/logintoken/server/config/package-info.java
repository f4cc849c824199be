/** Settings: where they come from, what they default to, what is refused. */
@NullMarked
package dev.logintoken.server.config;

import org.jspecify.annotations.NullMarked;

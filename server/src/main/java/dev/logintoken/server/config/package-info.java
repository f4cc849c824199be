/** Settings: their sources, defaults and checks. */
@NullMarked
package dev.logintoken.server.config;

import org.jspecify.annotations.NullMarked;

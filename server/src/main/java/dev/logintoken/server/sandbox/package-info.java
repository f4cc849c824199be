/** The fixture, the failing key and the provider states. Takes part in sandbox mode only. */
@NullMarked
package dev.logintoken.server.sandbox;

import org.jspecify.annotations.NullMarked;

/** The fixture, the failing API key and the provider states. Only sandbox mode uses them. */
@NullMarked
package dev.logintoken.server.sandbox;

import org.jspecify.annotations.NullMarked;

/** A running node as operators see it: health, release and metrics. */
@NullMarked
package dev.logintoken.server.monitoring;

import org.jspecify.annotations.NullMarked;

/** What operators see of a running node: health, metrics, and a line for each exchange. */
@NullMarked
package dev.logintoken.server.monitoring;

import org.jspecify.annotations.NullMarked;

/** Results and failures of steps, without HTTP. */
@NullMarked
package dev.logintoken.server.outcome;

import org.jspecify.annotations.NullMarked;

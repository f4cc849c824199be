/** How refusals and failures become answers. */
@NullMarked
package dev.logintoken.server.error;

import org.jspecify.annotations.NullMarked;

/** How an exchange is found in the log. */
@NullMarked
package dev.logintoken.server.log;

import org.jspecify.annotations.NullMarked;

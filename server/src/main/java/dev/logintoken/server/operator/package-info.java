/** The operator's commands, {@code java -jar login-token.war <command>}, on the configured database. */
@NullMarked
package dev.logintoken.server.operator;

import org.jspecify.annotations.NullMarked;

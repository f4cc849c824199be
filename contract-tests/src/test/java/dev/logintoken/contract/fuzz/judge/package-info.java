/** Requests and answers octet by octet, and what every answer and its line in the log must keep. */
@NullMarked
package dev.logintoken.contract.fuzz.judge;

import org.jspecify.annotations.NullMarked;

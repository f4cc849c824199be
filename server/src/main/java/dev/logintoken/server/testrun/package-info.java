/** Test runs: each has data, a clock, troubles and a journal of its own. Only sandbox mode uses them. */
@NullMarked
package dev.logintoken.server.testrun;

import org.jspecify.annotations.NullMarked;

/** The spec as tests read it: its rules, what it allows in an exchange, and how much of it was seen. */
@NullMarked
package dev.logintoken.contract.spec;

import org.jspecify.annotations.NullMarked;

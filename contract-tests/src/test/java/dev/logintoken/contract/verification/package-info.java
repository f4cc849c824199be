/** The interactions of all consumers, held against the running WAR. */
@NullMarked
package dev.logintoken.contract.verification;

import org.jspecify.annotations.NullMarked;

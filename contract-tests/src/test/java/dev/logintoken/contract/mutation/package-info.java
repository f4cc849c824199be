/** Answers that are altered in one fact, each of which the verification must notice. */
@NullMarked
package dev.logintoken.contract.mutation;

import org.jspecify.annotations.NullMarked;

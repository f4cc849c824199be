/** Alters answers in one fact each. The verification must notice every alteration. */
@NullMarked
package dev.logintoken.contract.mutation;

import org.jspecify.annotations.NullMarked;

/**
 * Sends requests that nobody would write by hand, and judges every answer by the spec and by the decision tables of the
 * contract. The tables are written anew here: nothing is shared with the server.
 */
@NullMarked
package dev.logintoken.contract.fuzz;

import org.jspecify.annotations.NullMarked;

/** The decision tables of the contract, written anew: nothing is shared with the server. */
@NullMarked
package dev.logintoken.contract.fuzz.oracle;

import org.jspecify.annotations.NullMarked;

/** Tests of the documentation. */
@NullMarked
package dev.logintoken.contract.docs;

import org.jspecify.annotations.NullMarked;

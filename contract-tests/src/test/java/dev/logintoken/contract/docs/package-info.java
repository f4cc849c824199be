/** What documents say about the code, checked. */
@NullMarked
package dev.logintoken.contract.docs;

import org.jspecify.annotations.NullMarked;

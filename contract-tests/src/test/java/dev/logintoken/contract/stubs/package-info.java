/** What is generated from the spec: the catalog, our templates, the compiler's refusals, and clients of other languages. */
@NullMarked
package dev.logintoken.contract.stubs;

import org.jspecify.annotations.NullMarked;

/** The API reference: the spec, its operations and its error catalog as a page. */
@NullMarked
package dev.logintoken.server.reference;

import org.jspecify.annotations.NullMarked;

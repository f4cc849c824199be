/** Proves the kit by an API of another domain. */
@NullMarked
package dev.logintoken.kit.library;

import org.jspecify.annotations.NullMarked;

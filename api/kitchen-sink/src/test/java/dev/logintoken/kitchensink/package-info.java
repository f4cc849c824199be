/** All that a spec may have, compiled, served and called. */
@NullMarked
package dev.logintoken.kitchensink;

import org.jspecify.annotations.NullMarked;

/** What a test may ask of the sandbox in a request's headers. Production has none of it. */
@NullMarked
package dev.logintoken.server.control;

import org.jspecify.annotations.NullMarked;

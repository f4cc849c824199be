/**
 * The generator of the Java stubs: openapi-generator's {@code jaxrs-spec}, and additions for a closed set of errors.
 */
@NullMarked
package dev.logintoken.generator;

import org.jspecify.annotations.NullMarked;

/** The generator of the Java stubs: openapi-generator's {@code jaxrs-spec}, and what a closed set of errors needs. */
@NullMarked
package dev.logintoken.generator;

import org.jspecify.annotations.NullMarked;

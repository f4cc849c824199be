/**
 * Contract tests of any API with an OpenAPI document and Pact files. {@link dev.logintoken.kit.Spec} judges exchanges.
 * {@link dev.logintoken.kit.Coverage} finds what no exchange shows. {@link dev.logintoken.kit.Sharpness} finds what the
 * Pact files do not notice. {@link dev.logintoken.kit.Broker} loads Pact files from a Pact Broker.
 */
@NullMarked
package dev.logintoken.kit;

import org.jspecify.annotations.NullMarked;

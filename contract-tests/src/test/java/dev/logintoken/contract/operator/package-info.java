/** Tests what operators see: starts, commands, metrics, logs and the audit. */
@NullMarked
package dev.logintoken.contract.operator;

import org.jspecify.annotations.NullMarked;

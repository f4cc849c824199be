/** Tests over HTTP what the spec describes and a single interaction cannot show. */
@NullMarked
package dev.logintoken.contract.behaviour;

import org.jspecify.annotations.NullMarked;

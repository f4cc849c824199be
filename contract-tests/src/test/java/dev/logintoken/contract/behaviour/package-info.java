/** What the spec describes and a single interaction cannot show, over HTTP. */
@NullMarked
package dev.logintoken.contract.behaviour;

import org.jspecify.annotations.NullMarked;

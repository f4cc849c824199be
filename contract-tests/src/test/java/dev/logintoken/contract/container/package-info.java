/** The WAR in servlet containers. */
@NullMarked
package dev.logintoken.contract.container;

import org.jspecify.annotations.NullMarked;

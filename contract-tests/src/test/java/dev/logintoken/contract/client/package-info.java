/** Clients that know the service's operations, and services prepared for them. */
@NullMarked
package dev.logintoken.contract.client;

import org.jspecify.annotations.NullMarked;

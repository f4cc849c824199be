/**
 * Changes that operators make, and the searches behind their lists. Each change and its audit row are one transaction.
 */
@NullMarked
package dev.logintoken.server.administration;

import org.jspecify.annotations.NullMarked;

/** The pages of the service, by single requests and in a real browser. */
@NullMarked
package dev.logintoken.contract.page;

import org.jspecify.annotations.NullMarked;

/** What operators do: each change in one transaction with its row of the audit, and the searches behind the lists. */
@NullMarked
package dev.logintoken.server.administration;

import org.jspecify.annotations.NullMarked;

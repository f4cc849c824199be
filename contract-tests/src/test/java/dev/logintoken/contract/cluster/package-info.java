/** The service on a PostgreSQL cluster whose primary fails. */
@NullMarked
package dev.logintoken.contract.cluster;

import org.jspecify.annotations.NullMarked;

/** Connection pool, schema, transactions and group commit, for H2 and PostgreSQL. */
@NullMarked
package dev.logintoken.server.database;

import org.jspecify.annotations.NullMarked;

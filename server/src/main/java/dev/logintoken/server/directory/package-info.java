/** Partners, users, identifiers, documents and sessions in the database. The only package with SQL for production. */
@NullMarked
package dev.logintoken.server.directory;

import org.jspecify.annotations.NullMarked;

/** The service while its database is away, unfit, slow or shared. */
@NullMarked
package dev.logintoken.contract.database;

import org.jspecify.annotations.NullMarked;

/** Tests the service while its database is down, unusable, slow or shared. */
@NullMarked
package dev.logintoken.contract.database;

import org.jspecify.annotations.NullMarked;

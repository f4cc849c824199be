/**
 * The repositories. Each group of tables has one class, and each class holds the SQL of its tables:
 *
 * <ul>
 *   <li>{@code Partners}: partner, partner_origin, api_key
 *   <li>{@code Users}: account, document
 *   <li>{@code Identifiers}: identifier, and the link of an identifier
 *   <li>{@code Sessions}: session, refresh_token
 *   <li>{@code AttemptBuckets}, {@code KnownNetworks}: the tables of their names
 * </ul>
 *
 * <p>A statement that decides over several tables stands with the table that it writes. Lists for operators stand in
 * {@code administration}, and consents to a link in {@code identifier.LinkConsents}.
 */
@NullMarked
package dev.logintoken.server.directory;

import org.jspecify.annotations.NullMarked;

/** Pages for people: the landing page and the journal, and in sandbox mode the website's pages. */
@NullMarked
package dev.logintoken.server.page;

import org.jspecify.annotations.NullMarked;

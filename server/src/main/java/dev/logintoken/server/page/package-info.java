/** Pages for people: the landing page, the API reference, and in sandbox mode the website's pages. */
@NullMarked
package dev.logintoken.server.page;

import org.jspecify.annotations.NullMarked;

/** The whole service in one process, for tests of what needs a servlet container. */
@NullMarked
package dev.logintoken.server.service;

import org.jspecify.annotations.NullMarked;

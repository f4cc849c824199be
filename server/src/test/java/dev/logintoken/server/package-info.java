@NullMarked
package dev.logintoken.server;

import org.jspecify.annotations.NullMarked;

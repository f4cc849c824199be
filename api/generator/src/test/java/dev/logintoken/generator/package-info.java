@NullMarked
package dev.logintoken.generator;

import org.jspecify.annotations.NullMarked;

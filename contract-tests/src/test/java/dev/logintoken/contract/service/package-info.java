/** Starts the WAR, its commands and its databases, and sends it what no HTTP library would. */
@NullMarked
package dev.logintoken.contract.service;

import org.jspecify.annotations.NullMarked;

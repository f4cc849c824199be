package dev.logintoken.server.auth;

import java.util.Optional;

/** Parses a header that holds {@code Bearer}, in upper or lower case, spaces, and a token (RFC 6750, 2.1). */
final class BearerToken {

    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    /** Returns the token, if the value has that form. */
    static Optional<String> in(String value) {
        // After trimming, a scheme with a blank after it always has a token.
        String trimmed = trim(value);
        return trimmed.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(trim(trimmed.substring(SCHEME.length())))
                : Optional.empty();
    }

    /** Returns a header's value without the spaces and tabs around it, which are not part of it (RFC 9110, 5.5). */
    static String trim(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && isBlank(value.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }
}

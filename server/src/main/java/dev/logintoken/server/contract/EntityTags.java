package dev.logintoken.server.contract;

import jakarta.ws.rs.core.EntityTag;
import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares entity tags with {@code If-None-Match} (RFC 9110, 13.1.2). JAX-RS fails on a malformed value. Here such a
 * value matches nothing, as if it were absent.
 */
public final class EntityTags {

    /** Matches an entity tag, weak or strong (section 8.8.3). */
    private static final String TAG = "(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")";

    private static final Pattern NEXT = Pattern.compile(TAG + "[ \\t]*(?:,[ \\t,]*|$)");

    private EntityTags() {}

    /**
     * Returns whether the caller already has the current representation.
     *
     * @param header the value of {@code If-None-Match}, if there is one
     * @param current the entity tag of the current representation
     */
    public static boolean match(@Nullable String header, EntityTag current) {
        if (header == null) {
            return false;
        }
        String value = header.strip();
        if (value.equals("*")) {
            return true;
        }
        String sought = '"' + current.getValue() + '"';
        boolean found = false;
        Matcher next = NEXT.matcher(value);
        int end = 0;
        while (end < value.length() && next.find(end) && next.start() == end) {
            found |= next.group(1).equals(sought);
            end = next.end();
        }
        return found && end == value.length();
    }
}

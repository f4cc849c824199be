package dev.logintoken.server.http;

import jakarta.ws.rs.HttpMethod;

import java.util.Set;
import java.util.TreeSet;

/** The header that lists the methods of a path. */
final class Allow {

    private Allow() {}

    /** Returns Jersey's list with {@code HEAD} beside {@code GET}, which Jersey omits in some answers. */
    static String complete(String allow) {
        Set<String> methods = new TreeSet<>(Set.of(allow.split(",\\s*")));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        return String.join(", ", methods);
    }
}

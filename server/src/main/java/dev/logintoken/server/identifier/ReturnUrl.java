package dev.logintoken.server.identifier;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the URL that a partner's user returns to. */
final class ReturnUrl {

    private ReturnUrl() {}

    /**
     * Returns a URL with a query parameter, in place of any others with that name. The rest of the URL stays exactly as
     * the partner wrote it.
     *
     * @param value a value that needs no escaping
     */
    static String withParameter(String url, String name, String value) {
        int hash = url.indexOf('#');
        String fragment = hash < 0 ? "" : url.substring(hash);
        String rest = hash < 0 ? url : url.substring(0, hash);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        return (mark < 0 ? rest : rest.substring(0, mark))
                + Stream.concat(others(query, name), Stream.of(name + "=" + value))
                        .collect(Collectors.joining("&", "?", fragment));
    }

    private static Stream<String> others(String query, String name) {
        return query.isEmpty()
                ? Stream.empty()
                : Arrays.stream(query.split("&", -1)).filter(pair -> !name(pair).equals(name));
    }

    /** Returns the name as the receiver decodes it, or as it stands if it cannot be decoded. */
    private static String name(String pair) {
        String name = pair.split("=", 2)[0];
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}

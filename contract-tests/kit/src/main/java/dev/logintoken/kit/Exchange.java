package dev.logintoken.kit;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request and its answer, as they passed by.
 *
 * @param sent the request's body
 * @param headers the answer's, names in lower case
 */
public record Exchange(
        String method, String path, String sent, int status, Map<String, List<String>> headers, String body) {

    /** Returns an exchange of an HTTP client; the body that it sent is not kept. */
    public static Exchange of(HttpResponse<String> response) {
        return of(response.request().uri().getRawPath(), "", response);
    }

    /** The same if a request was sent on: what matters is the path that the client asked for. */
    public static Exchange of(String path, String sent, HttpResponse<String> response) {
        Map<String, List<String>> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new Exchange(response.request().method(), path, sent, response.statusCode(), headers, response.body());
    }

    /** Returns a header of the answer, its lines joined by commas; the name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(values -> String.join(", ", values));
    }
}

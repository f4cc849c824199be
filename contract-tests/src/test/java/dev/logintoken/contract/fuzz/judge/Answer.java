package dev.logintoken.contract.fuzz.judge;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came back.
 *
 * @param headers by their names in lower case
 * @param nanos from the last octet of the request to the last one of the answer
 */
public record Answer(int status, Map<String, List<String>> headers, String body, long nanos) {

    /** Returns a header; the name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(values -> String.join(", ", values));
    }

    /** The id by which the log knows it; what the application never saw has none. */
    public Optional<String> requestId() {
        return header("X-Request-Id");
    }

    /** Whether the connection ends with it. */
    public boolean closes() {
        return header("Connection").filter("close"::equalsIgnoreCase).isPresent();
    }
}

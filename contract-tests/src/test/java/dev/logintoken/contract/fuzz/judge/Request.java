package dev.logintoken.contract.fuzz.judge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request as it goes over the wire. Each character of its texts is one octet.
 *
 * @param operation the operation that it is meant for
 * @param target the request target, as it stands in the request line
 * @param headers the header lines, without those of the framing
 * @param doubt what else is a right answer, because a mutation made the request ambiguous
 */
public record Request(
        Contract.Operation operation,
        String method,
        String target,
        String version,
        List<Header> headers,
        Optional<String> body,
        Framing framing,
        Set<ExpectedAnswer> doubt) {

    /** How the receiver learns where the body ends. */
    public enum Framing {
        LENGTH,
        CHUNKED
    }

    /** One line of the header section. */
    public record Header(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /** A plain request without a header. */
    public static Request of(Contract.Operation operation) {
        return new Request(
                operation,
                operation.method(),
                operation.path(),
                "HTTP/1.1",
                List.of(),
                Optional.empty(),
                Framing.LENGTH,
                Set.of());
    }

    /** The values of all lines of a header, in their order, without the spaces around them. */
    public List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.is(name))
                .map(header -> FuzzTexts.trim(header.value()))
                .toList();
    }

    /** The value of a header whose lines are joined by commas. */
    public Optional<String> value(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** The length of the request line and the headers, in octets, with the empty line behind them. */
    public int headLength() {
        String end = "\r\n\r\n";
        return octets().indexOf(end) + end.length();
    }

    /** The same, meant for another operation. */
    public Request at(Contract.Operation other) {
        return new Request(other, method, target, version, headers, body, framing, doubt);
    }

    /** Returns it with another method. */
    public Request withMethod(String other) {
        return new Request(operation, other, target, version, headers, body, framing, doubt);
    }

    /** Returns it with another target. */
    public Request withTarget(String other) {
        return new Request(operation, method, other, version, headers, body, framing, doubt);
    }

    /** Returns it with another version of HTTP. */
    public Request withVersion(String other) {
        return new Request(operation, method, target, other, headers, body, framing, doubt);
    }

    /** Returns it with other headers. */
    public Request withHeaders(List<Header> others) {
        return new Request(operation, method, target, version, List.copyOf(others), body, framing, doubt);
    }

    /** Returns it with another body. */
    public Request withBody(String text) {
        return new Request(operation, method, target, version, headers, Optional.of(text), framing, doubt);
    }

    /** Returns it without a body. */
    public Request withoutBody() {
        return new Request(operation, method, target, version, headers, Optional.empty(), framing, doubt);
    }

    /** Returns it with its body framed otherwise. */
    public Request withFraming(Framing other) {
        return new Request(operation, method, target, version, headers, body, other, doubt);
    }

    /** The same with one more line at the end of the header section. */
    public Request plus(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return withHeaders(more);
    }

    /** The same without the lines of a header. */
    public Request without(String name) {
        return withHeaders(headers.stream().filter(header -> !header.is(name)).toList());
    }

    /** The same with exactly one line of a header. */
    public Request with(String name, String value) {
        return without(name).plus(name, value);
    }

    /** The same, to which these are right answers, too. */
    public Request or(ExpectedAnswer... others) {
        Set<ExpectedAnswer> more = new LinkedHashSet<>(doubt);
        more.addAll(List.of(others));
        return new Request(operation, method, target, version, headers, body, framing, Set.copyOf(more));
    }

    /** Whether the answer has a header section only. */
    public boolean isHead() {
        return method.equals("HEAD");
    }

    /** What is sent. */
    public String octets() {
        StringBuilder text = new StringBuilder(256);
        text.append(method)
                .append(' ')
                .append(target)
                .append(' ')
                .append(version)
                .append("\r\n");
        headers.forEach(header ->
                text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        if (body.isEmpty()) {
            return text.append(method.equals("POST") ? "Content-Length: 0\r\n\r\n" : "\r\n")
                    .toString();
        }
        String octets = body.get();
        if (framing == Framing.LENGTH) {
            return text.append("Content-Length: ")
                    .append(octets.length())
                    .append("\r\n\r\n")
                    .append(octets)
                    .toString();
        }
        text.append("Transfer-Encoding: chunked\r\n\r\n");
        for (int at = 0; at < octets.length(); at += 1000) {
            String chunk = octets.substring(at, Math.min(octets.length(), at + 1000));
            text.append(Integer.toHexString(chunk.length()).toUpperCase(Locale.ROOT))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return text.append("0\r\n\r\n").toString();
    }

    /** The headers that a proxy or a browser would add; they change nothing. */
    public static final Map<String, String> HARMLESS = Map.of(
            "User-Agent", "fuzz/1",
            "Accept-Language", "nl-NL, en;q=0.5",
            "Accept-Encoding", "gzip",
            "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "Cookie", "session=1; session=2",
            "If-Modified-Since", "garbage",
            "Range", "bytes=0-1",
            "DNT", "1");
}

package dev.logintoken.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Replaces an unreadable {@code Content-Type} by {@code application/octet-stream}. Otherwise Jersey would refuse the
 * request before it looks for a resource. With the replacement, the answer is 415 where a body is expected.
 */
final class WithContentType extends HttpServletRequestWrapper {

    private static final String HEADER = "Content-Type";

    private WithContentType(HttpServletRequest request) {
        super(request);
    }

    /** Wraps a request whose {@code Content-Type} cannot be read, and returns any other request as it is. */
    static HttpServletRequest readable(HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders(HEADER));
        return lines.isEmpty() || (lines.size() == 1 && isReadable(lines.get(0)))
                ? request
                : new WithContentType(request);
    }

    private static boolean isReadable(String value) {
        if (value.equals(MediaType.APPLICATION_JSON)) {
            return true;
        }
        try {
            MediaType type = MediaType.valueOf(value);
            String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
            return !type.isWildcardType()
                    && !type.isWildcardSubtype()
                    && (charset == null || Charset.isSupported(charset));
        } catch (IllegalArgumentException e) { // Also of a charset with an impossible name.
            return false;
        }
    }

    @Override
    public String getContentType() {
        return MediaType.APPLICATION_OCTET_STREAM;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase(HEADER) ? getContentType() : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase(HEADER)
                ? Collections.enumeration(Collections.singleton(getContentType()))
                : super.getHeaders(name);
    }
}

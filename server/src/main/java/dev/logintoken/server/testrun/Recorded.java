package dev.logintoken.server.testrun;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A request whose body is copied while the service reads it. */
final class Recorded extends HttpServletRequestWrapper {

    private static final int MAX_BYTES = 16 * 1024;

    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

    Recorded(HttpServletRequest request) {
        super(request);
    }

    /** Returns what the service has read, up to a limit. */
    String body() {
        return copy.toString(StandardCharsets.UTF_8);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream source = super.getInputStream();
        return new ServletInputStream() {
            @Override
            public int read() throws IOException {
                int octet = source.read();
                if (octet >= 0 && copy.size() < MAX_BYTES) {
                    copy.write(octet);
                }
                return octet;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = source.read(buffer, offset, length);
                if (read > 0) {
                    copy.write(buffer, offset, Math.min(read, MAX_BYTES - Math.min(MAX_BYTES, copy.size())));
                }
                return read;
            }

            @Override
            public boolean isFinished() {
                return source.isFinished();
            }

            @Override
            public boolean isReady() {
                return source.isReady();
            }

            @Override
            public void setReadListener(ReadListener listener) {
                source.setReadListener(listener);
            }
        };
    }
}

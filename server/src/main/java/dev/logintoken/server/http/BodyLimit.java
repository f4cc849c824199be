package dev.logintoken.server.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

import java.io.ByteArrayInputStream;

/** The limit of a request's body. A body that is declared longer is never waited for. */
public final class BodyLimit {

    /** The maximum length of a body. */
    public static final int MAX_BYTES = 16 * 1024;

    private BodyLimit() {}

    /**
     * Returns a request that never waits for a body that is declared too long. In its place are as many zeros as make
     * any reader refuse it. Jersey looks at the first byte of a form, even if nobody reads the form.
     */
    static HttpServletRequest applied(HttpServletRequest request) {
        return request.getContentLengthLong() > MAX_BYTES ? new TooLong(request) : request;
    }

    private static final class TooLong extends HttpServletRequestWrapper {

        private final Zeros zeros = new Zeros();

        TooLong(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() {
            return zeros;
        }
    }

    private static final class Zeros extends ServletInputStream {

        private final ByteArrayInputStream zeros = new ByteArrayInputStream(new byte[MAX_BYTES + 1]);

        @Override
        public int read() {
            return zeros.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return zeros.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return zeros.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The service reads no body asynchronously.");
        }
    }
}

package dev.logintoken.server.http;

import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Drops the rest of an answer if the caller has disconnected. Jersey would log that as a severe failure with a stack
 * trace. It is neither our failure nor rare.
 */
public final class QuietWriter implements WriterInterceptor {

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        context.setOutputStream(new Quiet(context.getOutputStream()));
        context.proceed();
    }

    private static final class Quiet extends FilterOutputStream {

        private boolean gone;

        Quiet(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (!gone) {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    gone = true;
                }
            }
        }

        @Override
        public void flush() {
            if (!gone) {
                try {
                    out.flush();
                } catch (IOException e) {
                    gone = true;
                }
            }
        }

        @Override
        public void close() throws IOException {
            if (!gone) {
                out.close();
            }
        }
    }
}

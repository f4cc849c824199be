package dev.logintoken.server.testrun;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that the service reads all of a body, and that the journal has its begin. */
final class RecordedTest {

    private static final int LIMIT = 16 * 1024;

    private final byte[] body = "€".repeat(2 * LIMIT).getBytes(StandardCharsets.UTF_8);

    @Test
    void bytesThatAreReadOneByOneAreCopied() throws IOException {
        Recorded recorded = recorded("a€".getBytes(StandardCharsets.UTF_8));
        InputStream stream = recorded.getInputStream();
        assertThat(stream.read()).isEqualTo('a');
        assertThat(recorded.body()).isEqualTo("a");
        for (int i = 0; i < 3; i++) {
            assertThat(stream.read()).isPositive();
        }
        assertThat(stream.read()).isEqualTo(-1);
        assertThat(recorded.body()).isEqualTo("a€");
    }

    @Test
    void theCopyOfSingleBytesIsBounded() throws IOException {
        Recorded recorded = recorded(body);
        InputStream stream = recorded.getInputStream();
        for (int i = 0; i < body.length; i++) {
            assertThat(stream.read()).isNotNegative();
        }
        assertThat(recorded.body()).startsWith("€").hasSize(LIMIT / 3 + 1);
    }

    @Test
    void theCopyOfArraysIsBounded() throws IOException {
        Recorded recorded = recorded(body);
        assertThat(recorded.getInputStream().readAllBytes()).isEqualTo(body);
        assertThat(recorded.body()).startsWith("€").hasSize(LIMIT / 3 + 1);
    }

    private static Recorded recorded(byte[] body) {
        ServletInputStream stream = new Stream(body);
        return new Recorded((HttpServletRequest) Proxy.newProxyInstance(
                RecordedTest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (proxy, method, a) -> {
                    if (!method.getName().equals("getInputStream")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return stream;
                }));
    }

    private static final class Stream extends ServletInputStream {

        private final InputStream bytes;

        Stream(byte[] body) {
            bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isReady() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}

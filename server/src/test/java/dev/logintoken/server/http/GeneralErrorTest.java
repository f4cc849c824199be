package dev.logintoken.server.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

final class GeneralErrorTest {

    private final Map<String, Object> set = new TreeMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    @Test
    void theWholeAnswerIsWritten() throws IOException {
        GeneralError.write(response(), 415);
        assertThat(set)
                .containsOnly(
                        Map.entry("setStatus", 415),
                        Map.entry("setContentType", "application/json"),
                        Map.entry("setContentLength", body.size()));
        assertThat(body.toString(StandardCharsets.UTF_8))
                .isEqualTo(GeneralError.JSON)
                .startsWith("{\"errors\":{\"ER999\":{\"code\":\"ER999\",");
    }

    private HttpServletResponse response() {
        ServletOutputStream stream = new ServletOutputStream() {
            @Override
            public void write(int octet) {
                body.write(octet);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }
        };
        return (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getOutputStream")) {
                        return stream;
                    }
                    set.put(method.getName(), arguments[0]);
                    return null;
                });
    }
}

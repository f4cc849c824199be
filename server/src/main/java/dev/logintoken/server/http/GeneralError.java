package dev.logintoken.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes the general error outside JAX-RS. */
public final class GeneralError {

    /** The body of the general error. */
    public static final String JSON = json();

    private GeneralError() {}

    /** Writes the general error as the whole answer. */
    public static void write(HttpServletResponse response, int status) throws IOException {
        byte[] body = JSON.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String json() {
        try {
            return new JsonMapper().writeValueAsString(ErrorBody.GENERAL);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

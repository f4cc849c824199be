package dev.logintoken.server.http;

import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes the general error outside JAX-RS. */
public final class GeneralError {

    /** The body of the general error. */
    public static final String JSON = new String(ErrorBody.GENERAL.json(), StandardCharsets.UTF_8);

    private GeneralError() {}

    /** Writes the general error as the whole answer. */
    public static void write(HttpServletResponse response, int status) throws IOException {
        byte[] body = ErrorBody.GENERAL.json();
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}

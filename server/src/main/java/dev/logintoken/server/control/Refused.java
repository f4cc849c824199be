package dev.logintoken.server.control;

import dev.logintoken.server.log.Escaped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.util.Map;

/** Refuses a request to control the sandbox in one line. */
final class Refused {

    private Refused() {}

    /** Returns the answer with status 400. */
    static Response because(String line) {
        return Response.status(Response.Status.BAD_REQUEST)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Map.of("error", Escaped.text(line)))
                .build();
    }
}

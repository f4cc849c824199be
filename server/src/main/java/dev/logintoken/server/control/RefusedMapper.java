package dev.logintoken.server.control;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers a refused request to control the sandbox. */
final class RefusedMapper implements ExceptionMapper<RefusedException> {

    @Override
    public Response toResponse(RefusedException refused) {
        return Refused.because(String.valueOf(refused.getMessage()));
    }
}

package dev.logintoken.server.contract;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

import java.util.List;
import java.util.Optional;

/** Refuses a request whose body could not be read. */
public final class UnreadableBodyMapper implements ExceptionMapper<UnreadableBodyException> {

    @Override
    public Response toResponse(UnreadableBodyException failure) {
        return RefusalMapper.response(List.of(failure.error()), Optional.empty());
    }
}

package dev.logintoken.server.error;

import dev.logintoken.api.model.AttemptsErrorCode;
import dev.logintoken.api.model.BodyErrorCode;
import dev.logintoken.api.model.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes every refusal, of whatever operation. */
public final class RefusalMapper implements ExceptionMapper<Refusal> {

    @Override
    public Response toResponse(Refusal refusal) {
        return response(refusal.errors(), refusal.retryAfter());
    }

    static Response response(List<? extends Refusal.Entry> errors, Optional<Duration> retryAfter) {
        ResponseBuilder response = Response.status(status(errors))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(ErrorBody.of(errors));
        retryAfter.ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, Math.max(1, wait.toSeconds())));
        return response.build();
    }

    private static Status status(List<? extends Refusal.Entry> errors) {
        if (errors.contains(AttemptsErrorCode.TOO_MANY_ATTEMPTS)) {
            return Status.TOO_MANY_REQUESTS;
        }
        return errors.contains(BodyErrorCode.BODY_TOO_LARGE) ? Status.REQUEST_ENTITY_TOO_LARGE : Status.BAD_REQUEST;
    }
}
